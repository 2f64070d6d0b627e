using EOrda.Actors.Persistence;

namespace EOrda.Actors.Hosting;

/// <summary>What a node is started with.</summary>
public sealed record ActorsOptions
{
    /// <summary>Where the journal is.</summary>
    public required Database Database { get; init; }

    /// <summary>How the node joins others; null for one that is alone and listens on loopback only.</summary>
    public ClusterMembership? Cluster { get; init; }

    /// <summary>The bounds.</summary>
    public ActorsBounds Bounds { get; init; } = new();
}

using EOrda.Actors;
using EOrda.Actors.Hosting;
using EOrda.Actors.Persistence;

namespace EOrda.Portal.Hosting;

/// <summary>Starts the node with the portal's settings and its bounds. It is disposed of when the portal has answered everything.</summary>
internal delegate Task<INode> NodeStart(PortalSettings settings, ActorsBounds bounds, TimeProvider time, ILoggerFactory logs, CancellationToken cancel);

/// <summary>How a portal starts its node.</summary>
internal static class OwnNode
{
    /// <summary>Starts the node on the database and in the cluster that the settings name.</summary>
    public static async Task<INode> StartAsync(PortalSettings settings, ActorsBounds bounds, TimeProvider time, ILoggerFactory logs, CancellationToken cancel)
    {
        var database = settings.Database is { } shared ? Database.PostgreSql(shared) : Database.Sqlite(settings.Data);
        return await ActorsNode.StartAsync(new ActorsOptions { Database = database, Cluster = settings.Cluster, Bounds = bounds }, time, logs, cancel);
    }
}

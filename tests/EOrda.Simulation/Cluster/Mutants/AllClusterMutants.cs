namespace EOrda.Simulation.Cluster.Mutants;

/// <summary>A deliberate bug by name.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="What">What is wrong, in a sentence.</param>
/// <param name="Seed">A seed that finds it, to be tried first.</param>
/// <param name="Make">Makes one for one simulation.</param>
internal sealed record NamedClusterMutant(string Name, string What, int Seed, Func<ClusterMutant> Make);

/// <summary>All deliberate bugs.</summary>
internal static class AllClusterMutants
{
    /// <summary>The bugs in the order of the table in docs/reliability.md.</summary>
    public static IReadOnlyList<NamedClusterMutant> List { get; } =
    [
    ];

    /// <summary>The bug of a name; null for none.</summary>
    public static ClusterMutant? Make(string? name) => List.FirstOrDefault(one => one.Name == name)?.Make();
}

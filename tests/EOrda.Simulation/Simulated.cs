using EOrda.Simulation.Cluster;
using EOrda.Simulation.Cluster.Mutants;
using EOrda.Simulation.Mutants;

namespace EOrda.Simulation;

/// <summary>What is simulated: how a seed is run, and the deliberate bugs there are.</summary>
/// <param name="Mutants">The deliberate bugs.</param>
/// <param name="Run">Runs a seed, with a deliberate bug by name or without.</param>
internal sealed record Simulated(IReadOnlyList<(string Name, string What)> Mutants, Func<int, string?, Outcome> Run)
{
    /// <summary>The one node, or a cluster of Akka nodes.</summary>
    public static Simulated Of(bool cluster) => cluster
        ? new Simulated([.. AllClusterMutants.List.Select(one => (one.Name, one.What))], (seed, mutant) => ClusterRun.Run(seed, AllClusterMutants.Make(mutant)))
        : new Simulated([.. AllMutants.List.Select(one => (one.Name, one.What))], (seed, mutant) => SeedRun.Run(seed, AllMutants.List.FirstOrDefault(one => one.Name == mutant)?.Make()));
}

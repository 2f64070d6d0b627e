namespace EOrda.Simulation.Cluster.Seeded;

/// <summary>A process from its start to its end. What was ready to run in it when it died never runs, and what its last work still starts comes to nothing.</summary>
/// <param name="node">The number of the node that the process is.</param>
internal sealed class Life(int node)
{
    /// <summary>The number of the node.</summary>
    public int Node { get; } = node;

    /// <summary>True from the process's death on.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The process dies.</summary>
    public void End() => IsOver = true;
}

namespace EOrda.Simulation.Cluster.Seeded;

/// <summary>A process from its start to its end. What was ready to run in it when it died never runs, and what its last work still starts comes to nothing.</summary>
internal sealed class Life
{
    /// <summary>A process begins.</summary>
    /// <param name="node">The number of the node that the process is.</param>
    /// <param name="work">Where what is ready to run goes.</param>
    public Life(int node, SeededWork work)
    {
        Node = node;
        Tasks = new SeededTasks(work, this);
    }

    /// <summary>The number of the node.</summary>
    public int Node { get; }

    /// <summary>What goes on after awaits of the process.</summary>
    public SeededTasks Tasks { get; }

    /// <summary>True from the process's death on.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The process dies.</summary>
    public void End() => IsOver = true;
}

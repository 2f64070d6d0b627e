namespace EOrda.Simulation.Cluster.Nodes;

/// <summary>A node that is cut off from the others, though not from the database. It goes on with the entities that it had.</summary>
internal sealed class Partition
{
    private HashSet<string> kept = [];

    /// <summary>The node that is cut off; null when none is.</summary>
    public int? CutOff { get; private set; }

    /// <summary>A node is cut off.</summary>
    public void Begin(int node, IEnumerable<string> entities) => (CutOff, kept) = (node, [.. entities]);

    /// <summary>The node is not cut off any more.</summary>
    public void End() => CutOff = null;

    /// <summary>True when the node that is cut off has the entity.</summary>
    public bool Keeps(string entity) => kept.Contains(entity);

    /// <summary>True when nothing gets from one node to another.</summary>
    public bool Separates(int from, int to) => from != to && (from == CutOff || to == CutOff);
}

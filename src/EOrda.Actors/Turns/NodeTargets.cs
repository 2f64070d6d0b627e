using EOrda.Queues;

namespace EOrda.Actors.Turns;

/// <summary>What a queue may know of the world outside: the kindergartens. Whether a place is another queue's takes a joint turn, which asks the register.</summary>
internal sealed class NodeTargets(Node node) : ITargets
{
    /// <inheritdoc/>
    public bool AllAtOnce => true;

    /// <inheritdoc/>
    public bool IsKindergarten(string kindergarten) => node.Country.Kindergartens.ContainsKey(kindergarten);

    /// <inheritdoc/>
    public bool IsPlace(string place) => throw new InvalidOperationException("A place that the queue does not know takes a joint turn.");
}

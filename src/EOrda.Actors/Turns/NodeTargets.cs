using EOrda.Queues;

namespace EOrda.Actors.Turns;

/// <summary>What a queue on its own may know of the world outside: the kindergartens. Whether a place is another queue's takes a joint turn.</summary>
internal sealed class NodeTargets(Node node) : ITargets
{
    /// <inheritdoc/>
    public bool IsKindergarten(string kindergarten) => node.Directory.Kindergartens.ContainsKey(kindergarten);

    /// <inheritdoc/>
    public bool IsPlace(string place) => throw new InvalidOperationException("A place that the queue does not know takes a joint turn.");

    /// <summary>The same in a joint turn, which has the register.</summary>
    public ITargets In(JointTurn turn) => new InTurn(this, turn);

    private sealed class InTurn(NodeTargets node, JointTurn turn) : ITargets
    {
        public bool IsKindergarten(string kindergarten) => node.IsKindergarten(kindergarten);

        public bool IsPlace(string place) => turn.RegisterOf(place).QueueOfPlace(place) is not null;
    }
}

namespace EOrda.Actors;

/// <summary>A running node: the door to all queues of the country, and how the node is. Disposing it takes no more, answers what was asked and hands its queues over.</summary>
public interface INode : IAsyncDisposable
{
    /// <summary>The door to the queues.</summary>
    IQueues Queues { get; }

    /// <summary>True when commands can be decided: the node is a member of its cluster and knows the rules in force.</summary>
    bool IsReady { get; }

    /// <summary>Ends when the node has ended by itself, as it does when the cluster has put it out: nothing is answered from then on.</summary>
    Task Ended { get; }
}

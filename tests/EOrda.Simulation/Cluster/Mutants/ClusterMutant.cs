using Akka.Actor;
using EOrda.Actors.Live;
using EOrda.Queues;
using EOrda.Queues.Rules;
using EOrda.Simulation.Cluster.Nodes;
using EOrda.Simulation.Cluster.Stored;
using EOrda.Simulation.Virtual;

namespace EOrda.Simulation.Cluster.Mutants;

/// <summary>A deliberate bug, put around the product from outside. This one is none; each other one changes a thing or two.</summary>
internal class ClusterMutant
{
    /// <summary>The product as it is.</summary>
    public static ClusterMutant None { get; } = new();

    /// <summary>Whether the journal has its unique index.</summary>
    public virtual bool HasUniqueIndex => true;

    /// <summary>Whether Akka's filter of replayed events is on.</summary>
    public virtual bool FiltersReplays => false;

    /// <summary>Whether a writer hears that its page is stored before it is.</summary>
    public virtual bool TellsBeforeCommit => false;

    /// <summary>The clock as a process gets it.</summary>
    public virtual TimeProvider Time(VirtualTime time) => time;

    /// <summary>The key under which a command is asked.</summary>
    public virtual CommandKey KeyFor(CommandKey key, int process, int attempt) => key;

    /// <summary>The rules as the nodes are told them; the model is told the right ones.</summary>
    public virtual RulesDraft Told(RulesDraft rules) => rules;

    /// <summary>A listener as the node gets it.</summary>
    public virtual ILiveListener Wrap(ILiveListener listener) => listener;

    /// <summary>Commits a transaction.</summary>
    /// <returns>Those of its events that count as stored; the others had a number that was taken.</returns>
    public virtual IReadOnlyList<StoredEvent> Commit(StoredJournal journal, IReadOnlyList<StoredEvent> transaction) => journal.Commit(transaction);

    /// <summary>What the writer of a transaction is told in place of a fault; null for success.</summary>
    public virtual Exception? Reported(Exception? fault) => fault;

    /// <summary>The events of an entity as a recovery reads them.</summary>
    public virtual IReadOnlyList<StoredEvent> Read(IReadOnlyList<StoredEvent> events) => events;

    /// <summary>Saves a snapshot.</summary>
    public virtual void Save(StoredJournal journal, StoredSnapshot snapshot) => journal.Save(snapshot);

    /// <summary>A message to an entity as it leaves a node: it, another, several or none.</summary>
    public virtual IEnumerable<object> Sent(SimulatedNode node, object message) => [message];

    /// <summary>A message has come to an entity.</summary>
    /// <returns>True when it goes no further.</returns>
    public virtual bool Takes(IActorRef entity, object message) => false;
}

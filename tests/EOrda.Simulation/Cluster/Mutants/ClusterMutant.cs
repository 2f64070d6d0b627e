using EOrda.Queues;
using EOrda.Queues.Rules;
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

    /// <summary>The clock as a process gets it.</summary>
    public virtual TimeProvider Time(VirtualTime time) => time;

    /// <summary>The key under which a command is asked.</summary>
    public virtual CommandKey KeyFor(CommandKey key, int process, int attempt) => key;

    /// <summary>The rules as the nodes are told them; the model is told the right ones.</summary>
    public virtual RulesDraft Told(RulesDraft rules) => rules;

    /// <summary>Commits a transaction.</summary>
    /// <returns>Whether its writer is told that it is stored.</returns>
    public virtual bool Commit(StoredJournal journal, IReadOnlyList<StoredEvent> transaction) => journal.Commit(transaction);

    /// <summary>The events of an entity as a recovery reads them.</summary>
    public virtual IReadOnlyList<StoredEvent> Read(IReadOnlyList<StoredEvent> events) => events;

    /// <summary>Saves a snapshot.</summary>
    public virtual void Save(StoredJournal journal, StoredSnapshot snapshot) => journal.Save(snapshot);
}

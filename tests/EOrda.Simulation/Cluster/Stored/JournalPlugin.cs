using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;
using EOrda.Actors.Persistence;
using EOrda.Simulation.Cluster.Nodes;
using EOrda.Simulation.Cluster.Seeded;

namespace EOrda.Simulation.Cluster.Stored;

/// <summary>
/// A node's journal plugin: speaks Akka.Persistence's protocol, gathers what waits into one transaction as the real one does, and lets the simulation say what
/// becomes of it. A transaction that fails fails whole, and all entities in it hear so; a page whose number is taken is left out, and its entity alone hears so.
/// </summary>
/// <remarks>The real one (<see cref="JournalActor"/>) writes on threads of its own.</remarks>
internal sealed class JournalPlugin : UntypedActor
{
    private static readonly TimeSpan UnsyncedFor = TimeSpan.FromMilliseconds(20);

    private readonly SimulatedNode node;
    private readonly NodeSetup setup;
    private readonly string writer;
    private readonly Queue<WriteMessages> waiting = new();
    private readonly List<ReplayMessages> replays = [];
    private readonly List<Transaction> underWay = [];

    public JournalPlugin()
    {
        setup = NodeSetup.Of(Context.System.Settings);
        node = setup.Node;
        writer = $"node {node.Number}, process {node.Generation}";
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WriteMessages write:
                waiting.Enqueue(write);
                BeginTransactions();
                break;
            case Transaction done:
                underWay.Remove(done);
                Tell(done);
                ReplayWhatWaited();
                BeginTransactions();
                break;
            case ReplayMessages replay:
                // An entity that starts anew must see what its former instance on this node still writes.
                replays.Add(replay);
                ReplayWhatWaited();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void BeginTransactions()
    {
        while (waiting.Count > 0 && underWay.Count < node.World.Settings.Writers)
        {
            var asked = new List<WriteMessages>();
            while (asked.Count < node.World.Settings.MostInTransaction && waiting.TryDequeue(out var next))
            {
                asked.Add(next);
            }

            var events = asked.SelectMany(PersistentsOf).Select(Stored).ToList();
            var transaction = new Transaction(asked, events);
            underWay.Add(transaction);
            Begin(transaction, Self);
        }
    }

    // Nothing in here belongs to the process: the database goes on when it dies.
    private void Begin(Transaction transaction, IActorRef self)
    {
        var world = node.World;
        var fate = world.Faults.FateOf(transaction.Events);
        if (world.Mutant.TellsBeforeCommit && fate.Fault is null)
        {
            self.Tell(transaction);
            world.Soon(fate.CommitAfter + UnsyncedFor, () => _ = setup.Life.IsOver ? null : world.Stored.Commit(transaction.Events));
            return;
        }

        world.Soon(fate.CommitAfter, () =>
        {
            if ((!setup.Life.IsOver || world.Faults.IsCommittedThough(setup.Life)) && fate.IsStored)
            {
                var stored = world.Mutant.Commit(world.Stored, transaction.Events);
                transaction.Taken.UnionWith(transaction.Events.Except(stored).Select(taken => taken.Entity));
            }

            transaction.Fault = world.Mutant.Reported(fate.Fault);
            world.Soon(fate.TellAfter, () => self.Tell(transaction));
        });
    }

    private static IEnumerable<IPersistentRepresentation> PersistentsOf(WriteMessages asked) =>
        asked.Messages.OfType<AtomicWrite>().SelectMany(write => (IEnumerable<IPersistentRepresentation>)write.Payload);

    private StoredEvent Stored(IPersistentRepresentation persistent)
    {
        var serializer = (Akka.Serialization.SerializerWithStringManifest)Context.System.Serialization.FindSerializerFor(persistent.Payload);
        var bytes = serializer.ToBinary(persistent.Payload).ToArray();
        return new StoredEvent(persistent.PersistenceId, persistent.SequenceNr, bytes, serializer.Identifier, serializer.Manifest(persistent.Payload), writer);
    }

    private void Tell(Transaction done)
    {
        if (done.Fault is null)
        {
            node.Health.Worked();
        }
        else
        {
            node.Health.Failed();
        }

        foreach (var asked in done.Asked)
        {
            foreach (var envelope in asked.Messages)
            {
                Tell(asked, envelope, done);
            }
        }
    }

    private void Tell(WriteMessages asked, IPersistentEnvelope envelope, Transaction done)
    {
        var to = asked.PersistentActor;
        var persistent = ((IEnumerable<IPersistentRepresentation>)((AtomicWrite)envelope).Payload).Single();
        var fault = done.Fault ?? (done.Taken.Contains(persistent.PersistenceId) ? new PageConflictException(persistent.PersistenceId, persistent.SequenceNr) : null);
        if (fault is null)
        {
            to.Tell(WriteMessagesSuccessful.Instance, Self);
            to.Tell(new WriteMessageSuccess(persistent, asked.ActorInstanceId), Self);
        }
        else
        {
            to.Tell(new WriteMessagesFailed(fault, 1), Self);
            to.Tell(new WriteMessageFailure(persistent, fault, asked.ActorInstanceId), Self);
        }
    }

    private void ReplayWhatWaited()
    {
        foreach (var replay in replays.FindAll(one => !IsWriting(one.PersistenceId)))
        {
            replays.Remove(replay);
            var (to, system) = (Receiver(replay), Context.System);
            node.World.Soon(node.World.Faults.ReadTakes(), () => setup.Work.Add(setup.Life, () => Replay(replay, to, system)));
        }
    }

    private IActorRef Receiver(ReplayMessages replay) =>
        node.World.Mutant.FiltersReplays ? Context.ActorOf(ReplayFilter.Props(replay.PersistentActor, ReplayFilterMode.RepairByDiscardOld, 100, 10, debugEnabled: false)) : replay.PersistentActor;

    private bool IsWriting(string entity) =>
        underWay.Exists(one => one.Events.Any(stored => stored.Entity == entity)) || waiting.Any(one => PersistentsOf(one).Any(stored => stored.PersistenceId == entity));

    private void Replay(ReplayMessages replay, IActorRef to, ActorSystem system)
    {
        if (node.World.Faults.ReadFails(replay.PersistenceId) is { } fault)
        {
            to.Tell(new ReplayMessagesFailure(fault), ActorRefs.NoSender);
            return;
        }

        var stored = node.World.Mutant.Read(node.World.Stored.EventsOf(replay.PersistenceId));
        var last = node.World.Stored.LastOf(replay.PersistenceId);
        foreach (var one in stored.Where(one => one.Sequence >= replay.FromSequenceNr && one.Sequence <= replay.ToSequenceNr))
        {
            var payload = system.Serialization.Deserialize(one.Bytes, one.Serializer, one.Manifest);
            to.Tell(new ReplayedMessage(new Persistent(payload, one.Sequence, one.Entity, one.Manifest, writerGuid: one.Writer)), ActorRefs.NoSender);
        }

        to.Tell(new RecoverySuccess(last), ActorRefs.NoSender);
    }

    private sealed record Transaction(IReadOnlyList<WriteMessages> Asked, IReadOnlyList<StoredEvent> Events)
    {
        public Exception? Fault { get; set; }

        public HashSet<string> Taken { get; } = [];
    }
}

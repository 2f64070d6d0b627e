using System.Runtime.InteropServices;
using Akka.Actor;
using EOrda.Actors.Entities;
using EOrda.Actors.Persistence;
using EOrda.Actors.Processes;
using EOrda.Actors.Routing;
using EOrda.Queues.Country;
using EOrda.Queues.Recording;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;
using Reply = EOrda.Queues.Steps.Reply;

namespace EOrda.Actors.Country;

/// <summary>
/// The country's localities and kindergartens, and the queues that there are: one entity. It tells nodes what changed with a horizon that it has persisted,
/// and wakes queues for what is due in them.
/// </summary>
internal sealed class LocalitiesActor : ProcessEntity<LocalityEvent>
{
    private const int ChangesInReply = 500;
    private static readonly TimeSpan RememberNodes = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WakeEvery = Horizon.WakeEvery / QueuesAtRest.Parts;

    private readonly EntityAddress.Book addresses;
    private readonly Regions regions;
    private readonly List<LocalityEvent> happened = [];
    private readonly Dictionary<IActorRef, long> nodes = [];
    private QueuesAtRest queues = new(1);
    private int versionSeen;
    private int nextRegister;

    public LocalitiesActor(EntityServices services, EntityAddress.Book addresses, Regions regions, ProcessRunner processes)
        : base(EntityNames.Localities, services, processes)
    {
        this.addresses = addresses;
        this.regions = regions;
    }

    /// <inheritdoc/>
    protected override Action<ByteWriter, LocalityEvent> Format { get; } = EventFormat.Write;

    /// <summary>A horizon every few seconds must not make the recovery long.</summary>
    protected override int RecordsPerSnapshot => 1_000;

    private Localities Localities => ((LocalitiesState)Memory.State).Localities;

    /// <inheritdoc/>
    protected override Reply Take(ProcessStep step, Moment at, List<LocalityEvent> happened)
    {
        var reply = Localities.Take((LocalityStep)step, at, happened);
        if (step.OnlyLooks && IsStored && reply is LocalityFound { IsKnown: false } or QueuesFound { Queues: null } or Answered)
        {
            // The reply leaves when this is stored: an instance that is no longer the one does not say that it knows nothing.
            Promise(at);
        }

        return reply;
    }

    /// <inheritdoc/>
    protected override void OnRecovered()
    {
        base.OnRecovered();

        // No earlier instance, whose messages may still be on their way, has come so far.
        queues = new QueuesAtRest(InstantNow().UnixMilliseconds << 20);
        AddQueues();
        Timers.StartPeriodicTimer(WakeTick.Now, WakeTick.Now, WakeEvery);
    }

    /// <inheritdoc/>
    protected override void OnMessage(object message)
    {
        switch (message)
        {
            case AskHorizon ask:
                Tell(ask);
                break;
            case NoteQueue note:
                Note(note);
                break;
            case QueueAwake awake:
                if (queues.TryAwaken(awake.Queue, out var wake))
                {
                    regions.Tell(new WakeQueue(addresses.Of(awake.Queue), wake));
                }

                break;
            case QueueResting resting:
                if (queues.TryRest(resting))
                {
                    Reply(resting.Request, RestNoted.Done);
                }

                break;
            case WakeTick:
                WakeNext();
                break;
            default:
                base.OnMessage(message);
                break;
        }

        if (Localities.Version != versionSeen)
        {
            AddQueues();
            TellNodes();
        }
    }

    // The horizon is promised in a record, so that an instance that is no longer the one cannot tell any: the database does not take its records.
    private void Tell(AskHorizon ask)
    {
        var at = InstantNow();
        if ((RoomFault(at) ?? VersionFault(ask.Version)) is { } fault)
        {
            Reply(ask.Request, fault);
            return;
        }

        Promise(at);
        nodes[ask.Request.ReplyTo] = Services.Time.GetTimestamp();

        var changes = Localities.ChangesAfter(ask.Version);
        var isWhole = changes.Length <= ChangesInReply;
        var bytes = new ByteWriter();
        LocalitiesSnapshot.WriteChanges(bytes, isWhole ? changes : changes[..ChangesInReply]);
        Reply(ask.Request, new HorizonTold(ask.Version, bytes.Written.ToArray(), isWhole, Localities.Promised));
    }

    private void Promise(Moment at)
    {
        happened.Clear();
        Localities.Promise(Moment.From(Services.Time.GetUtcNow()).Plus(Horizon.Length), at, happened);
        Record(at, CollectionsMarshal.AsSpan(happened), Format);
    }

    // A node that knows more was told it by an instance that has written since.
    private RequestFailure? VersionFault(int version) => version > Localities.Version ? BusyFor("does not have the version that was asked about") : null;

    private void Note(NoteQueue note)
    {
        var at = InstantNow();
        if (RoomFault(at) is { } fault)
        {
            Reply(note.Request, fault);
            return;
        }

        happened.Clear();
        var isKnown = Localities.Note(note.Queue, at, happened);
        if (happened.Count > 0)
        {
            Record(at, CollectionsMarshal.AsSpan(happened), Format);
        }

        Reply(note.Request, new QueueIsNoted(isKnown));
    }

    private void WakeNext()
    {
        var now = Moment.From(Services.Time.GetUtcNow());
        foreach (var (queue, wake) in queues.NextPart(now, locality => NextRelease(locality, now)))
        {
            regions.Tell(new WakeQueue(addresses.Of(queue), wake));
        }

        // One a second: within five minutes each has seen to what a node that died left unfinished in it.
        nextRegister = (nextRegister + 1) % addresses.Registers.Count;
        regions.Tell(new WakeRegister(addresses.Registers[nextRegister]));
    }

    private Moment NextRelease(string locality, Moment now) =>
        Localities.RulesOf(locality)!.LastOrDefault(rules => rules.From <= now)?.Rules.Schedule.NextRelease(now) ?? Moment.Never;

    private void AddQueues()
    {
        foreach (var (_, change) in Localities.ChangesAfter(versionSeen))
        {
            if (change is QueueNoted noted)
            {
                queues.Add(noted.Queue);
            }
        }

        versionSeen = Localities.Version;
    }

    // Those who asked lately hear of a change when it is stored.
    private void TellNodes()
    {
        foreach (var (node, asked) in nodes.ToList())
        {
            if (Services.Time.GetElapsedTime(asked) > RememberNodes)
            {
                nodes.Remove(node);
            }
            else
            {
                Reply(new Request(node, 0), new LocalitiesChanged(Localities.Version));
            }
        }
    }

    private sealed class WakeTick : INoSerializationVerificationNeeded
    {
        public static readonly WakeTick Now = new();
    }
}

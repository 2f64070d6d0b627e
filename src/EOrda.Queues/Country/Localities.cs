using System.Runtime.InteropServices;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Queues.Country;

/// <summary>Something that happened to the country's localities and kindergartens.</summary>
public abstract record LocalityEvent;

/// <summary>A locality's rules from an instant on: its first ones or an amendment.</summary>
/// <param name="Locality">The locality.</param>
/// <param name="Rules">The rules.</param>
/// <param name="NotBefore">They are in force from the event's instant on, but not before this one: until then others were told that nothing changes.</param>
public sealed record RulesSet(string Locality, LocalityRules Rules, Moment NotBefore) : LocalityEvent;

/// <summary>A kindergarten was registered.</summary>
public sealed record KindergartenRegistered(string Kindergarten, string Locality, Kind Kind) : LocalityEvent;

/// <summary>A queue is about to take its first record: from now on a clean-up and the wake-up know it.</summary>
public sealed record QueueNoted(QueueKey Queue) : LocalityEvent;

/// <summary>No rules change before an instant: others are told so, and decide by the rules they have.</summary>
public sealed record HorizonPromised(Moment Until) : LocalityEvent;

/// <summary>A kindergarten's locality and kind.</summary>
public sealed record Kindergarten(string Locality, Kind Kind);

/// <summary>Something that happened to the localities, and when.</summary>
public readonly record struct DatedLocalityEvent(Moment At, LocalityEvent Event);

/// <summary>Rules and the instant from which they are in force.</summary>
public sealed record RulesInForce(Moment From, LocalityRules Rules);

/// <summary>The localities with all the rules they ever had, the kindergartens, and which queues there are (rules, sections 1 and 10).</summary>
public sealed partial class Localities
{
    private readonly Dictionary<string, List<RulesInForce>> localities = [];
    private readonly Dictionary<string, Kindergarten> kindergartens = [];
    private readonly Dictionary<string, List<QueueKey>> queues = [];
    private readonly HashSet<QueueKey> noted = [];
    private readonly List<DatedLocalityEvent> changes = [];

    /// <summary>The localities' keys, in the order of their setting up.</summary>
    public IReadOnlyCollection<string> Keys => localities.Keys;

    /// <summary>The kindergartens by their identifiers, in the order of registration.</summary>
    public IReadOnlyDictionary<string, Kindergarten> Kindergartens => kindergartens;

    /// <summary>How many changes made this state. A promised horizon is no change.</summary>
    public int Version => changes.Count;

    /// <summary>No rules change before this instant; the beginning of time while nothing is promised.</summary>
    public Moment Promised { get; private set; } = Moment.Beginning;

    /// <summary>The queues that were noted, in the order of their noting.</summary>
    public IEnumerable<QueueKey> Queues => changes.Select(change => change.Event).OfType<QueueNoted>().Select(e => e.Queue);

    /// <summary>All rules of a locality, the first ones first; null when it is not known.</summary>
    public IReadOnlyList<RulesInForce>? RulesOf(string locality) => localities.GetValueOrDefault(locality);

    /// <summary>The queues of a locality that were noted, in the order of their noting.</summary>
    public IReadOnlyList<QueueKey> QueuesOf(string locality) => queues.GetValueOrDefault(locality) ?? [];

    /// <summary>True when the queue was noted.</summary>
    public bool Knows(QueueKey queue) => noted.Contains(queue);

    /// <summary>The changes after a version, oldest first: applied to the state of that version they make this one.</summary>
    /// <param name="version">A version that this state had, from 0 on.</param>
    /// <exception cref="ArgumentOutOfRangeException">This state never had the version.</exception>
    public ReadOnlySpan<DatedLocalityEvent> ChangesAfter(int version) => CollectionsMarshal.AsSpan(changes)[version..];

    /// <summary>The same state, apart from this one.</summary>
    public Localities Copy()
    {
        var copy = new Localities { Promised = Promised };
        foreach (var (at, happened) in changes)
        {
            copy.Apply(happened, at);
        }

        return copy;
    }

    /// <summary>Notes a queue that is about to take its first record.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="at">The instant.</param>
    /// <param name="happened">Receives the event where the queue was not noted before.</param>
    /// <returns>False when the queue's locality is not known.</returns>
    public bool Note(QueueKey queue, Moment at, List<LocalityEvent>? happened)
    {
        if (!localities.ContainsKey(queue.Locality))
        {
            return false;
        }

        if (!Knows(queue))
        {
            Happen(new QueueNoted(queue), at, happened);
        }

        return true;
    }

    /// <summary>Promises that no rules change before an instant. An earlier promise that reaches further stays.</summary>
    public void Promise(Moment until, Moment at, List<LocalityEvent>? happened) => Happen(new HorizonPromised(Moment.Max(until, Promised)), at, happened);

    /// <summary>Decides a command about localities and kindergartens.</summary>
    /// <returns>The event, or null with the refusal's reason and, for bad rules, the fault.</returns>
    public LocalityEvent? Decide(Command command, out Reason reason, out string fault)
    {
        fault = "";
        reason = default;
        switch (command)
        {
            case SetRules c when localities.ContainsKey(c.Locality):
                reason = Reason.DuplicateLocality;
                return null;
            case SetRules c:
                reason = Reason.BadRules;
                return c.Rules.TryBuild(out var rules, out fault) ? new RulesSet(c.Locality, rules, Moment.Beginning) : null;
            case AmendRules c when !localities.ContainsKey(c.Locality):
                reason = Reason.UnknownLocality;
                return null;
            case AmendRules c:
                reason = Reason.BadRules;
                return c.Changes.TryAmend(localities[c.Locality][^1].Rules, out var amended, out fault) ? new RulesSet(c.Locality, amended, Promised) : null;
            case RegisterKindergarten c when !localities.ContainsKey(c.Locality):
                reason = Reason.UnknownLocality;
                return null;
            case RegisterKindergarten c when kindergartens.ContainsKey(c.Kindergarten):
                reason = Reason.DuplicateKindergarten;
                return null;
            case RegisterKindergarten c:
                return new KindergartenRegistered(c.Kindergarten, c.Locality, c.Kind);
            default:
                throw new ArgumentException($"{command.GetType().Name} is not about localities.", nameof(command));
        }
    }

    /// <summary>Applies what happened at an instant.</summary>
    public void Apply(LocalityEvent happened, Moment at)
    {
        switch (happened)
        {
            case RulesSet e:
                if (!localities.TryGetValue(e.Locality, out var all))
                {
                    localities[e.Locality] = all = [];
                }

                all.Add(new RulesInForce(Moment.Max(at, e.NotBefore), e.Rules));
                break;
            case KindergartenRegistered e:
                kindergartens.Add(e.Kindergarten, new Kindergarten(e.Locality, e.Kind));
                break;
            case QueueNoted e:
                noted.Add(e.Queue);
                if (!queues.TryGetValue(e.Queue.Locality, out var known))
                {
                    queues[e.Queue.Locality] = known = [];
                }

                known.Add(e.Queue);
                break;
            case HorizonPromised e:
                Promised = e.Until;
                return;
            default:
                throw new ArgumentException($"Unknown event {happened.GetType().Name}.", nameof(happened));
        }

        changes.Add(new DatedLocalityEvent(at, happened));
    }

    private void Happen(LocalityEvent e, Moment at, List<LocalityEvent>? happened)
    {
        Apply(e, at);
        happened?.Add(e);
    }
}

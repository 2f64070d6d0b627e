using EOrda.Queues.Applications;
using EOrda.Queues.Dues;
using EOrda.Queues.Names;
using EOrda.Queues.Order;
using EOrda.Queues.Places;
using EOrda.Queues.Referrals;
using EOrda.Queues.Reservations;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using EOrda.Queues.Storage;
using EOrda.Queues.Time;
using EOrda.Queues.Twins;
using NodaTime;

namespace EOrda.Queues;

/// <summary>
/// One queue of the country: its applications and its places, and the rules that decide about them.
/// A deterministic state machine: the same events give the same state. Not safe for use by several threads at once.
/// </summary>
public sealed partial class Queue
{
    internal readonly NameTable ApplicationNames = new();
    internal readonly NameTable PeopleNames = new();
    internal readonly NameTable PlaceNames = new();
    internal readonly NameTable KindergartenNames = new();
    internal readonly Paged<Application> Applications = new();
    internal readonly Paged<Place> Places = new();
    internal readonly WaitingOrder Order;
    internal readonly List<FreePlaces> FreeByKindergarten = [];
    internal readonly PriorityTally PriorityPlaces = new();
    internal readonly GivenUpTally GivenUpPlaces = new();
    internal readonly Dictionary<int, Referral> Referrals = [];
    internal readonly Dictionary<int, Batch> Batches = [];
    internal readonly ReferralHistory ReferralHistory = new();
    internal readonly LapseHistory LapseHistory = new();
    internal readonly ChildLimits Limits;
    internal readonly Deeds Deeds = new();
    private readonly DueIndex dues = new();

    /// <summary>Makes an empty queue; it needs rules (<see cref="RulesAdopted"/>) before anything is asked of it.</summary>
    public Queue(QueueKey key)
    {
        Key = key;
        Order = new WaitingOrder(Applications, key.UsesCategories);
        Limits = new ChildLimits(this);
    }

    /// <summary>The queue's name.</summary>
    public QueueKey Key { get; }

    /// <summary>The rules in force.</summary>
    /// <exception cref="InvalidOperationException">None were adopted yet.</exception>
    public LocalityRules Rules => rules ?? throw new InvalidOperationException($"The queue {Key} has no rules yet.");

    /// <summary>How many sets of rules were adopted so far.</summary>
    public int RulesAdopted { get; private set; }

    /// <summary>The latest instant at which something happened or was settled; nothing is asked of an earlier one.</summary>
    public Moment Now { get; private set; } = Moment.Beginning;

    /// <summary>How many referrals were issued; their numbers count on from it.</summary>
    internal int ReferralCount { get; private set; }

    private LocalityRules? rules;

    internal LocalSchedule Schedule => Rules.Schedule;

    /// <summary>
    /// Settles what is due, decides the command and applies what was decided. What happened is added to the list, in order.
    /// </summary>
    /// <param name="command">A command about one application, a place of this queue or the queue itself.</param>
    /// <param name="at">The command's instant, not before <see cref="Now"/>.</param>
    /// <param name="targets">What is known outside this queue.</param>
    /// <param name="happened">Receives the events; null when nobody wants them.</param>
    public Answer Execute(Command command, Moment at, ITargets targets, List<DatedEvent>? happened)
    {
        Settle(at, happened);
        var decision = Decide(command, at, targets);
        foreach (var e in decision.Events)
        {
            Happen(e, at, happened);
        }

        return decision.AnswerIn(this);
    }

    /// <summary>Lets everything due at or before the instant take effect, in due order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant is before <see cref="Now"/>.</exception>
    public void Settle(Moment at, List<DatedEvent>? happened)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(at, Now);
        while (dues.TryTake(this, at, out var due))
        {
            foreach (var e in DueDecisions.Decide(this, due))
            {
                Happen(e, due.At, happened);
            }
        }

        Now = at;
    }

    /// <summary>When something is due next; <see cref="Moment.Never"/> when nothing is.</summary>
    public Moment NextDue => dues.Next(this);

    /// <summary>Applies an event decided here or read from the journal.</summary>
    /// <param name="happened">The event and its instant, not before <see cref="Now"/>.</param>
    public void Apply(DatedEvent happened)
    {
        if (happened.At < Now)
        {
            throw new ArgumentOutOfRangeException(nameof(happened), happened.At, $"The queue {Key} is at {Now} already.");
        }

        Now = happened.At;
        Apply(happened.Event, happened.At);
    }

    internal void Happen(QueueEvent e, Moment at, List<DatedEvent>? happened)
    {
        Apply(e, at);
        happened?.Add(new DatedEvent(at, e));
    }

    internal int FindApplication(string application) => ApplicationNames.Find(application);

    internal Standing StandingOf(int application)
    {
        var status = Applications[application].Status;
        return new Standing(status, status == Status.Waiting ? Order.Position(application) : null);
    }

    /// <summary>True from the first 1 June on or after the child's birthday of the age limit (rules, section 4).</summary>
    internal bool HasLeftForAge(int application, Moment at) => at >= LeavesForAgeAt(Applications[application].Born);

    internal Moment LeavesForAgeAt(LocalDate born) => Schedule.Midnight(Age.LeavingDate(born, Rules.AgeLimit));
}

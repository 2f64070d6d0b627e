using EOrda.Actors.Audit;
using EOrda.Actors.Journal;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Recording;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using EOrda.Simulation.Virtual;
using NodaTime;
using NodaTime.Text;

namespace EOrda.Actors.Tests.Support;

/// <summary>
/// A node with one city, <c>almaty</c>, its general kindergarten <c>kg</c> and a second city <c>oral</c> with <c>oral-kg</c>, on virtual time: Monday
/// 2026-06-01, 09:00 in Almaty, when a test begins. Each command gets a key of its own unless one is named.
/// </summary>
internal sealed class City
{
    public static readonly QueueKey Queue = new("almaty", Kind.General, "2022");
    public static readonly QueueKey Other = new("almaty", Kind.General, "2021");
    public static readonly QueueKey Elsewhere = new("oral", Kind.General, "2022");

    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm");
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Almaty"];

    private ulong lastKey;

    public City(int seed = 1, NodeOptions? options = null, Action<RulesDraft>? rules = null)
    {
        // What goes on after an await stays on this thread.
        SynchronizationContext.SetSynchronizationContext(null);
        Virtual = new VirtualNode(seed, Read("2026-06-01 09:00"), options, logs: Log);
        var draft = new RulesDraft { TimeZone = "Asia/Almaty" };
        rules?.Invoke(draft);
        Assert.IsType<Done>(Do(new SetRules("almaty", draft)));
        Assert.IsType<Done>(Do(new SetRules("oral", new RulesDraft { TimeZone = "Asia/Oral" })));
        Assert.IsType<Done>(Do(new RegisterKindergarten("kg", "almaty", Kind.General)));
        Assert.IsType<Done>(Do(new RegisterKindergarten("oral-kg", "oral", Kind.General)));
    }

    public VirtualNode Virtual { get; }

    public LogBook Log { get; } = new();

    public Node Node => Virtual.Node;

    public VirtualDisk Disk => Virtual.Disk;

    public SeededScheduler Scheduler => Virtual.Scheduler;

    public Moment Now => Virtual.Time.Now;

    /// <summary>A local time in Almaty, for example <c>2026-06-02 07:00</c>.</summary>
    public static Moment Read(string local) => Moment.From(Zone.AtLeniently(Pattern.Parse(local).GetValueOrThrow()).ToInstant());

    public static Submit Filing(string application, QueueKey? queue = null, string? child = null, string? parent = null, string born = "03-01")
    {
        var key = queue ?? Queue;
        return new Submit(
            key.ToString(),
            application,
            child ?? $"child of {application}",
            LocalDatePattern.Iso.Parse($"{key.Cohort}-{born}").Value,
            parent ?? $"parent of {application}",
            Category.General,
            Submitted: null,
            UnderReview: false);
    }

    public static FreePlace Freeing(string place, QueueKey? queue = null) =>
        new(place, (queue ?? Queue).Locality == "oral" ? "oral-kg" : "kg", (queue ?? Queue).ToString(), Age: null);

    public static Reserve Reserving(string application, string? place = null) =>
        new(application, place, place is null ? "kg" : null);

    public CommandKey NextKey() => new(++lastKey);

    /// <summary>Sends a command; the answer comes when the scheduler has run so far.</summary>
    public Task<Answer> Ask(Command command, CommandKey? key = null, QueueKey? queue = null) => Node.Ask(command, key ?? NextKey(), queue).AsTask();

    /// <summary>Sends a command and runs until it is answered.</summary>
    public Answer Do(Command command, CommandKey? key = null, QueueKey? queue = null) => Virtual.Wait(Node.Ask(command, key ?? NextKey(), queue));

    public T Look<T>(Func<Queue, T> look, QueueKey? queue = null) => Virtual.Wait(Node.Look(queue ?? Queue, (found, _) => look(found)));

    public City Run()
    {
        Scheduler.RunAll();
        return this;
    }

    /// <summary>Lets time pass up to a local time in Almaty.</summary>
    public City At(string local)
    {
        Virtual.Pass(TimeSpan.FromMilliseconds(Read(local).UnixMilliseconds - Now.UnixMilliseconds));
        return this;
    }

    public City Pass(TimeSpan time)
    {
        Virtual.Pass(time);
        return this;
    }

    public City Filed(params string[] applications) => FiledIn(Queue, applications);

    public City FiledIn(QueueKey queue, params string[] applications)
    {
        foreach (var application in applications)
        {
            Assert.IsType<Standing>(Do(Filing(application, queue)));
        }

        return this;
    }

    public City Freed(params string[] places) => FreedIn(Queue, places);

    public City FreedIn(QueueKey queue, params string[] places)
    {
        foreach (var place in places)
        {
            Assert.IsType<PlaceFreed>(Do(Freeing(place, queue)));
        }

        return this;
    }

    /// <summary>Applications and places the day before, and the clock at 07:00 on Tuesday: the places can be taken.</summary>
    public City InTheMorning(int applications, int places)
    {
        Filed([.. Enumerable.Range(1, applications).Select(i => $"a{i}")]);
        Freed([.. Enumerable.Range(1, places).Select(i => $"p{i}")]);
        return At("2026-06-02 07:00");
    }

    /// <summary>The queue as bytes, settled up to now.</summary>
    public byte[] Bytes(QueueKey? queue = null) => Look(
        found =>
        {
            var to = new ByteWriter();
            QueueSnapshot.Write(to, found);
            return to.Written.ToArray();
        },
        queue);

    public string State(string application, QueueKey? queue = null) =>
        Look(found => found.Find(application) is { } state ? Words.Of(state.Status) : "unknown", queue);

    public string Place(string place, QueueKey? queue = null) =>
        Virtual.Wait(Node.Look(queue ?? Queue, (found, at) => Words.Of(found.PlacesAt(at).Single(view => view.Place == place).State)));

    /// <summary>The disk refuses until the action given is called.</summary>
    public Action FillDisk()
    {
        Disk.BeforeWrite = _ => throw new JournalUnavailableException("The disk is full.");
        return () => Disk.BeforeWrite = null;
    }

    public AuditReport Audit() => JournalAudit.Run(Disk.Open());

    public City Crash()
    {
        Virtual.Crash();
        return this;
    }
}

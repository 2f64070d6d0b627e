using EOrda.Actors.Hosting;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Places;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Actors.Persistence.Tests.Country;

/// <summary>A database with a node on it, that can be started anew, and Almaty with one kindergarten: Monday 2026-06-01, 12:00.</summary>
public abstract class Town : IAsyncLifetime
{
    internal static readonly QueueKey Queue = new("almaty", Kind.General, "2022");
    internal static readonly QueueKey Other = new("almaty", Kind.General, "2021");
    private static readonly TimeSpan Offset = TimeSpan.FromHours(5);
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("eorda-country-");

    protected Town()
    {
        Database = Database.Sqlite(directory.FullName);
        DatabaseSchema.Prepare(Database);
    }

    internal StandingClock Clock { get; } = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, Offset));

    internal Database Database { get; }

    internal CountryNode Node { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Node = await CountryNode.Start(Database, Clock);
        Assert.Equal(Answer.Done, await Node.Do(new SetRules("almaty", new RulesDraft { TimeZone = "Asia/Almaty" })));
        Assert.Equal(Answer.Done, await Node.Do(new RegisterKindergarten("kg", "almaty", Kind.General)));
    }

    public async Task DisposeAsync()
    {
        await Node.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        directory.Delete(recursive: true);
    }

    internal static Moment Local(int day, int hour, int minute, int second = 0) =>
        new(new DateTimeOffset(2026, 6, day, hour, minute, second, Offset).ToUnixTimeMilliseconds());

    internal static Submit Filing(string application, QueueKey? queue = null) => new(
        (queue ?? Queue).ToString(),
        application,
        $"child of {application}",
        new LocalDate((queue ?? Queue).Year, 3, 1),
        $"parent of {application}",
        Category.General,
        Submitted: null,
        UnderReview: false);

    internal async Task File(string application, QueueKey? queue = null) => Assert.IsType<Standing>(await Node.Do(Filing(application, queue)));

    internal async Task Free(string place) => Assert.IsType<PlaceFreed>(await Node.Do(new FreePlace(place, "kg", Queue.ToString(), Age: null)));

    /// <summary>One application and one place, which is released: Tuesday, 07:40.</summary>
    internal async Task OpenOnTuesday()
    {
        await File("a");
        await Free("p");
        await Node.Jump(Local(2, 7, 40));
    }

    /// <summary>The node stops in good order, or as a machine does that loses its power, and another starts on the database.</summary>
    internal async Task StartAnew(ActorsBounds? bounds = null)
    {
        await Node.DisposeAsync();
        Node = await CountryNode.Start(Database, Clock, bounds);
    }

    /// <summary>Time passes until the queue has left the memory.</summary>
    internal async Task ComeToRest()
    {
        for (var seconds = 0; await Node.IsInMemory(Queue); seconds++)
        {
            Assert.True(seconds < 300, "The queue does not rest.");
            await Node.Pass(TimeSpan.FromSeconds(1));
        }
    }

    internal PlaceState Stored(string place) => Node.Stored(Queue).Queue.PlacesAt(Clock.Now).Single(view => view.Place == place).State;
}

using EOrda.Actors.Live;
using EOrda.Actors.Queries;
using EOrda.Actors.Tests.Support;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Order;
using EOrda.Queues.Places;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using EOrda.Queues.Twins;
using NodaTime;

namespace EOrda.Actors.Tests.Queries;

/// <summary>Queries of every type, and replies: those of a queue in which much has happened, and such as no short story brings about.</summary>
internal static class Samples
{
    /// <summary>The types of queries.</summary>
    public static IEnumerable<Type> QueryTypes { get; } = [.. typeof(QueueQuery).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(QueueQuery)) && !type.IsAbstract)];

    /// <summary>The types of replies.</summary>
    public static IEnumerable<Type> ReplyTypes { get; } = [.. QueryTypes.Select(type => type.BaseType!.GetGenericArguments().Single())];

    public static IReadOnlyList<QueueQuery> Queries { get; } =
    [
        new SizeQuery(),
        new SummaryQuery(),
        new OrderQuery(1, 1),
        new OrderQuery(3, PageSize.Most),
        new OrderQuery(int.MaxValue, 1),
        new PlacesQuery(0, 1),
        new PlacesQuery(2, PageSize.Most),
        new PlacesQuery(int.MaxValue, 1),
        new StatesQuery("a1", "a2", "a3", "a4", "nobody"),
        new StatesQuery([.. Enumerable.Repeat("a1", PageSize.Most)]),
        .. ((string[])["a1", "a2", "a3", "a4", "a7", "nobody"]).SelectMany(application => (QueueQuery[])
        [
            new ApplicationQuery(application, changes: 0),
            new ApplicationQuery(application, ApplicationQuery.MostChanges),
            new WindowQuery(application),
        ]),
        new SnapshotQuery(),
    ];

    /// <summary>The replies of a queue in which places are held, referred to and available, and families have gone, moved and come at 07:05.</summary>
    public static IReadOnlyList<object> Replies()
    {
        var city = new City().InTheMorning(8, 5);
        var watcher = new Watcher(city);
        city.Do(new ChangeCategory("a8", Category.OutOfTurn));
        city.Do(new ChangeCategory("a7", Category.FirstPriority));
        city.Do(City.Reserving("a1", "p1"));
        city.Do(new Confirm("a1"));
        city.Do(City.Reserving("a2", "p2"));
        city.Do(new Withdraw("a3"));
        city.At("2026-06-02 07:05");
        watcher.SeesWhatIs();
        var queue = city.Look(found => found);
        return [.. Queries.Select(query => query.ReplyFrom(new QueriedQueue(queue, city.Now, watcher.Updates[^1].Number))), .. Rare];
    }

    private static IEnumerable<object> Rare =>
    [
        new QueueSummary(At(1), new(1, 2, 3), new(4, 5, 6), new(7, 8, 9, 10, 11, 12, 13, 14, 15), 16, IsFrozen: true),
        new OrderPage(At(2), 0, []),
        new PlacesPage(At(3), 3, [new("p", "k", PlaceState.Available, Access.Open, From: null), new("ә", "құс", PlaceState.Available, Access.Priority, At(4))]),
        new ApplicationStates(At(5), 0, [null, new("a", Status.StopListed, Position: null, Cause.ReferralExpired, At(6), Category.OutOfTurn, At(7), "p", At(8))]),
        new ApplicationReply(At(9), new FoundApplication(
            new("a", Status.Waiting, int.MaxValue, Cause.None, Until: null, Category.FirstPriority, new Moment(-1), Place: null, ReservedUntil: null),
            new(1, 2, 3),
            new(1, 3, 2),
            new ApplicationWindow(2, 1, new WindowRefusal(Reason.LapseLimit, At(10))),
            new ReferralState(At(11), Verified: true),
            new LaneStanding(Category.General, At(12), 7, new(4, 5, 6), AsOf: long.MaxValue),
            [new(At(13), PositionCause.Pattern, Own: false, From: null, To: 1), new(At(14), PositionCause.Withdrawal, Own: true, From: 2, To: null)])),
        new WindowReply(At(15), new WindowMember("a", Status.Referred, At(16), At(17), At(18), new Limit(Reason.ReferralLimit, At(19)), IsInWindow: true, new FamilyTie("t", new LocalDate(2022, 2, 28)))),
        new LiveSnapshot(
            new QueueKey("almaty", Kind.Special, "2021"),
            (3L << 32) | 5,
            At(20),
            new(1, 2, 3),
            new(1, 3, 2),
            LatestChange: long.MaxValue,
            Available: 1,
            new LiveWindow(4, new LaneSlot(At(21), 1), FirstPriority: null, new LaneSlot(At(22), 2)),
            []),
    ];

    // No two fields have the same instant, so that one read for the other is seen.
    private static Moment At(int field) => new(1_780_000_000_000 + field);
}

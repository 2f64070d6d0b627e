using Akka.Actor;
using EOrda.Actors.Country;
using EOrda.Actors.Live;
using EOrda.Actors.Membership;
using EOrda.Actors.Processes;
using EOrda.Actors.Queries;
using EOrda.Actors.Queues;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Order;
using EOrda.Queues.Places;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;
using Reply = EOrda.Actors.Routing.Reply;

namespace EOrda.Actors.Persistence.Tests.Wiring;

/// <summary>A message of each kind that crosses between nodes, with something in every field.</summary>
/// <param name="actor">An actor that messages may name.</param>
internal sealed class Samples(IActorRef actor)
{
    private static readonly QueueKey Key = new("almaty", Kind.General, "2022");
    private static readonly Moment At = new(1_780_000_000_123);
    private static readonly EntityAddress.Book Addresses = new(10);
    private static readonly LiveWindow Window = new(3, new LaneSlot(At, 1), null, new LaneSlot(new Moment(At.UnixMilliseconds - 5), 4));
    private static readonly PlaceView Place = new("p1", "kg", PlaceState.Available, Access.Priority, At);
    private static readonly RequestFailure Failure = new(FailureKind.NotRecorded, TimeSpan.FromMilliseconds(1_500), "The disk is full.");
    private static readonly LiveSnapshot Snapshot =
        new(Key, 7L << 20 | 5, At, new CategoryCounts(1, 2, 3), new PriorityPattern(1, 3, 2), 44, 5, Window, [Place, new PlaceView("p2", "kg", PlaceState.Revoked, null, null)]);

    private static readonly LiveUpdate Update = new(
        Key,
        7L << 20 | 6,
        At,
        new CategoryCounts(3, 2, 1),
        2,
        4,
        Window,
        45,
        [
            new OrderChange(At, PositionCause.Filed, 7, At, Category.FirstPriority, 1),
            new OrderChange(At, PositionCause.Referral, OrderChange.Pattern, new Moment(0), Category.General, -1),
        ],
        [new NumberedPlace(1, Place)],
        Reload: false);

    /// <summary>The messages.</summary>
    public IReadOnlyList<object> Messages =>
    [
        new AskQueue(Addresses.Of(Key), new Reserve("a1", "p1", null), new CommandKey(UInt128.MaxValue), Request(-1)),
        new QueryQueue(Addresses.Of(Key), new OrderQuery(3, 50), Request(2)),
        new AskStep(Addresses.OfRegisterFor("a1"), new ClaimApplication(new CommandKey(3), "a1", Key, "child"), Request(3)),
        new AskStep(Addresses.Localities, new FindLocality(new CommandKey(3), "almaty"), Request(4)),
        new AskClock(actor, 7),
        new ClockTold(7, At),
        new AskHome(Addresses.OfRegisterFor("a1"), new Withdraw("a1"), new CommandKey(5), Key, Request(5)),
        new AskHome(Addresses.Localities, new CleanUp("almaty"), new CommandKey(6), Asked: null, Request(6)),
        new Replies(
        [
            new Reply(1, new ValidUntil(At)),
            new Reply(2, Refusal.For(Reason.NoPlace)),
            new Reply(3, new Activity(IsActive: true)),
            new Reply(4, new OrderPage(At, 2, ["a1", "a2"])),
            new Reply(5, Snapshot),
            new Reply(6, Failure),
            new Reply(7, new HorizonTold(4, new byte[] { 1, 2, 3 }, IsWhole: true, At)),
            new Reply(8, new LocalitiesChanged(9)),
            new Reply(9, new QueueIsNoted(IsKnown: true)),
            new Reply(10, RestNoted.Done),
        ]),
        new WatchQueue(Addresses.Of(Key), actor, 77),
        new UnwatchQueue(Addresses.Of(Key), actor),
        new WatchBegun(Snapshot),
        new WatchKept(Key, 12L << 20 | 7),
        new NothingToWatch(Key),
        new WatchRefused(Key, Failure),
        new NewsOfQueue(Update),
        new NewsOfQueue(Update with { Changes = [], Places = [], Reload = true, Window = LiveWindow.None }),
        new AskHorizon(Addresses.Localities, 11, Request(7)),
        new NoteQueue(Addresses.Localities, Key, Request(8)),
        new QueueAwake(Addresses.Localities, Key),
        new QueueResting(Addresses.Localities, Key, 3, At, HasPlaces: true, Request(9)),
        new WakeQueue(Addresses.Of(Key), 13),
        new WakeRegister(Addresses.OfRegisterFor("a1")),
    ];

    private Request Request(long number) => new(actor, number);
}

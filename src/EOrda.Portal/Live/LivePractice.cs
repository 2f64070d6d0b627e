using EOrda.Actors.Live;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Order;
using EOrda.Queues.Places;
using EOrda.Queues.Time;

namespace EOrda.Portal.Live;

/// <summary>
/// Tells updates to nobody, so that the runtime has compiled what tells them before somebody waits for one: most of it stands for many types and cannot be
/// compiled beforehand by name.
/// </summary>
internal static class LivePractice
{
    // The runtime takes a method to be worth its best after 30 calls.
    private const int Rounds = 40;
    private const int Places = 3;

    /// <summary>Does it.</summary>
    /// <returns>How many updates were told.</returns>
    public static int Run()
    {
        var queue = new QueueKey("practice", Kind.General, "2000");
        var state = new FeedState(feed: 0, SnapshotOf(queue));
        var audience = new Audience("practice");
        audience.Join();
        var told = 0;
        for (var number = 1; number <= Rounds; number++)
        {
            if (state.Take([UpdateOf(queue, number)]) is { } update)
            {
                audience.Tell(update);
            }

            _ = state.Message;
            told += audience.TryTake(out _, out var messages) ? messages.Length : 0;
        }

        return told;
    }

    private static LiveSnapshot SnapshotOf(QueueKey queue) =>
        new(queue, Number: 0, Moment.Beginning, new CategoryCounts(1, 1, 1), new PriorityPattern(1, 3, 0), LatestChange: 0, Available: Places, WindowAfter(0), [.. Enumerable.Range(0, Places).Select(Place)]);

    private static LiveUpdate UpdateOf(QueueKey queue, int number) => new(
        queue,
        number,
        Moment.Beginning,
        new CategoryCounts(1, 1, 1),
        Phase: 0,
        Available: Places,
        WindowAfter(number),
        FirstChange: number,
        [new OrderChange(Moment.Beginning, PositionCause.Referral, number, Moment.Beginning, Category.General, -1)],
        [new NumberedPlace(0, Place(0)), new NumberedPlace(number + Places - 1, Place(number))],
        Reload: false);

    private static LiveWindow WindowAfter(int number) => new(number, OutOfTurn: null, FirstPriority: null, new LaneSlot(Moment.Beginning, number));

    private static PlaceView Place(int number) => new($"P-{number}", "practice", PlaceState.Reserved, Access.Open, Moment.Beginning);
}

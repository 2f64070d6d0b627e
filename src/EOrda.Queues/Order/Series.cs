using EOrda.Queues.Applications;

namespace EOrda.Queues.Order;

/// <summary>What the timeline counts: for each lane those waiting, and among them those that cannot reserve now: they hold a reservation or are at a limit.</summary>
internal readonly record struct Series(int Index)
{
    public const int Count = 6;

    public static Series Waiting(Category lane) => new((int)lane);

    public static Series Barred(Category lane) => new(3 + (int)lane);
}

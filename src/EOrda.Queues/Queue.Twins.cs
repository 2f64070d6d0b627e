using EOrda.Queues.Applications;
using EOrda.Queues.Dues;
using EOrda.Queues.Places;
using EOrda.Queues.Time;
using EOrda.Queues.Twins;

namespace EOrda.Queues;

public sealed partial class Queue
{
    /// <summary>The halves of batches across queues, each by a number of its own while it is there.</summary>
    internal readonly SortedDictionary<int, TwinHalf> Halves = [];

    /// <summary>True when the application holds a reservation together with siblings of other queues: confirming or dropping it takes more than this queue.</summary>
    public bool IsInBatchAcross(string application) => HalfOf(FindApplication(application)) is not null;

    /// <summary>The queues of the batch that the application's reservation belongs to; none when it is in none.</summary>
    public IEnumerable<Names.QueueKey> QueuesOfBatch(string application) => BatchOf(application)?.Members.Select(member => member.Queue).Distinct() ?? [];

    /// <summary>The half with the batch's key, or null.</summary>
    internal TwinHalf? HalfWith(CommandKey key)
    {
        foreach (var half in Halves.Values)
        {
            if (half.Key == key)
            {
                return half;
            }
        }

        return null;
    }

    /// <summary>The half that an application's reservation is of, or null.</summary>
    internal TwinHalf? HalfOf(int application) =>
        Halves.Count > 0 && Batches.TryGetValue(application, out var batch) ? Halves.Values.FirstOrDefault(half => half.Batch.Id == batch.Id) : null;

    /// <summary>The applications of this queue that are still in a batch, in the order of the reservation.</summary>
    internal IEnumerable<int> MembersOf(Batch batch)
    {
        foreach (var member in batch.Members)
        {
            if (member.Queue == Key && FindApplication(member.Application) is var application && Batches.TryGetValue(application, out var current) && current.Id == batch.Id)
            {
                yield return application;
            }
        }
    }

    private void BeginTwins(TwinsBegun e)
    {
        var number = Halves.Count == 0 ? 0 : Halves.Keys.Last() + 1;
        Halves.Add(number, new TwinHalf
        {
            Key = e.Key,
            Batch = e.Batch,
            Leader = e.Leader,
            Kindergarten = e.Kindergarten,
            Until = e.Until,
            InWindow = e.InWindow,
            Unsettled = e.Leader == Key ? TwinHalf.Others(e.Batch, Key) : new(StringComparer.Ordinal),
        });
        AwaitEndOfTwins(number);
    }

    // A half that another queue leads has no end of its own.
    private void AwaitEndOfTwins(int number)
    {
        if (Halves[number].Leader == Key)
        {
            dues.Add(new Due(Halves[number].Until, DueKind.TwinsEnd, number));
        }
    }

    private void HoldTwins(TwinsHeld e)
    {
        var half = HalfWith(e.Key)!;
        (half.State, half.EndsAlone) = (TwinState.Held, e.EndsAlone);
        foreach (var application in MembersOf(half.Batch))
        {
            dues.Add(new Due(half.Until, DueKind.ReservationLapses, application));
        }
    }

    private void UndoTwins(TwinsUndone e)
    {
        var half = HalfWith(e.Key)!;
        foreach (var application in MembersOf(half.Batch).ToList())
        {
            MakeAvailable(Applications[application].Place);
            Applications[application].ReservedInPriority = false;
            ReleaseHolder(application);
        }

        Forget(half);
    }

    private void MakeAvailable(int index)
    {
        ref var place = ref Places[index];
        place.State = PlaceState.Available;
        place.Holder = Application.NoPlace;
        FreeByKindergarten[place.Kindergarten].Add(place.NumberThere, place.PriorityEnd);
        PriorityPlaces.Change(place.PriorityEnd, 1);
        Touch(index);
    }

    private void DecideTwins(TwinsDecided e, Moment at)
    {
        var half = HalfWith(e.Key)!;
        (half.State, half.EndedAt) = (e.State, at);
        if (e.State == TwinState.Lapsed && half.EndsAlone)
        {
            Forget(half);
        }
    }

    private void SettleTwins(TwinsSettled e)
    {
        var half = HalfWith(e.Key)!;
        half.Unsettled.Remove(e.Other.ToString());
        if (half.Unsettled.Count == 0)
        {
            Forget(half);
        }
    }

    // An application is in its batch no more. The leader keeps its half until all others have the end.
    private void LeaveBatch(int application)
    {
        if (Batches.Remove(application, out var batch)
            && Halves.Values.FirstOrDefault(half => half.Batch.Id == batch.Id) is { } half
            && half.Leader != Key
            && !MembersOf(batch).Any())
        {
            Forget(half);
        }
    }

    private void Forget(TwinHalf half)
    {
        foreach (var (number, kept) in Halves)
        {
            if (kept == half)
            {
                Halves.Remove(number);
                return;
            }
        }
    }
}

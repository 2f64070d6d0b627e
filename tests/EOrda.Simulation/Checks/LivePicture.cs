using EOrda.Actors.Live;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Order;
using EOrda.Queues.Places;
using EOrda.Queues.Time;

namespace EOrda.Simulation.Checks;

/// <summary>
/// What one who watches knows of a queue: a snapshot and the updates after it, applied in order, as a browser does it.
/// </summary>
internal sealed class LivePicture(LiveSnapshot snapshot)
{
    private readonly List<PlaceView> places = [.. snapshot.Places];
    private readonly List<OrderChange> changes = [];
    private readonly long before = snapshot.LatestChange;
    private CategoryCounts counts = snapshot.Counts;
    private PriorityPattern pattern = snapshot.Pattern;
    private int available = snapshot.Available;
    private LiveWindow window = snapshot.Window;

    /// <summary>The number of the update applied last.</summary>
    public long Number { get; private set; } = snapshot.Number;

    /// <summary>True when the updates say that a snapshot must be taken.</summary>
    public bool MustReload { get; private set; }

    private long LatestChange => before + changes.Count;

    /// <summary>Applies an update; those that the snapshot contains are passed over.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Apply(LiveUpdate update)
    {
        if (update.Number <= Number || MustReload)
        {
            return null;
        }

        // A call to reload may leave numbers out: updates were lost, or the queue lives in another instance.
        if (update.Number != Number + 1 && !update.Reload)
        {
            return $"Update {update.Number} comes after {Number}.";
        }

        Number = update.Number;
        if (update.Reload)
        {
            MustReload = true;
            return null;
        }

        if (update.FirstChange > LatestChange + 1)
        {
            return $"Update {update.Number} begins with change {update.FirstChange} and the last one known is {LatestChange}.";
        }

        available = update.Available;
        window = update.Window;
        foreach (var change in update.Changes.Skip((int)(LatestChange + 1 - update.FirstChange)))
        {
            Apply(change);
        }

        foreach (var (number, place) in update.Places)
        {
            if (number > places.Count)
            {
                return $"Update {update.Number} tells of place {number} and {places.Count} are known.";
            }

            if (number == places.Count)
            {
                places.Add(place);
            }

            places[number] = place;
        }

        return null;
    }

    /// <summary>What is not as in a fresh snapshot, or null.</summary>
    public string? DifferenceFrom(LiveSnapshot fresh)
    {
        if (counts != fresh.Counts || pattern != fresh.Pattern || LatestChange != fresh.LatestChange)
        {
            return $"{counts} {pattern} as of change {LatestChange} by the updates, {fresh.Counts} {fresh.Pattern} as of change {fresh.LatestChange} in the snapshot.";
        }

        if (available != fresh.Available || available != places.Count(place => place.State == PlaceState.Available))
        {
            return $"{available} available by the updates, {fresh.Available} by the snapshot, {places.Count(place => place.State == PlaceState.Available)} among the places.";
        }

        if (window != fresh.Window)
        {
            return $"{window} by the updates, {fresh.Window} in the snapshot.";
        }

        if (places.Count != fresh.Places.Count)
        {
            return $"{places.Count} places by the updates, {fresh.Places.Count} in the snapshot.";
        }

        return places.Zip(fresh.Places).Where(pair => AsOf(pair.First, fresh.At) != AsOf(pair.Second, fresh.At))
            .Select(pair => $"{pair.First} by the updates, {pair.Second} in the snapshot.")
            .FirstOrDefault();
    }

    /// <summary>True when one that waits where its standing says is in the window.</summary>
    public bool IsInWindow(LaneStanding standing) => window.Contains(standing.Lane, standing.Submitted, standing.Number);

    /// <summary>The position of one whose standing in the lanes was looked up, worked out as a browser does it; null when it moved itself.</summary>
    public int? PositionOf(LaneStanding standing)
    {
        var (outOfTurn, firstPriority, general) = standing.Before;
        for (var number = Math.Max(standing.AsOf, before) + 1; number <= LatestChange; number++)
        {
            var change = changes[(int)(number - before - 1)];
            if (change.Application == standing.Number)
            {
                return null;
            }

            if (change.Application == OrderChange.Pattern || (change.Submitted, change.Application).CompareTo((standing.Submitted, standing.Number)) > 0)
            {
                continue;
            }

            outOfTurn += change.Lane == Category.OutOfTurn ? change.Step : 0;
            firstPriority += change.Lane == Category.FirstPriority ? change.Step : 0;
            general += change.Lane == Category.General ? change.Step : 0;
        }

        return standing.Lane switch
        {
            Category.OutOfTurn => outOfTurn + 1,
            Category.FirstPriority => counts.OutOfTurn + pattern.GeneralAheadOfFirstPriority(firstPriority + 1, counts.General) + firstPriority + 1,
            _ => counts.OutOfTurn + pattern.FirstPriorityAheadOfGeneral(general + 1, counts.FirstPriority) + general + 1,
        };
    }

    // Priority access ends by the clock: whoever watches sees that without being told.
    private static PlaceView AsOf(PlaceView place, Moment at) =>
        place is { Access: Access.Priority, From: { } until } && until <= at ? place with { Access = Access.Open, From = null } : place;

    private void Apply(OrderChange change)
    {
        changes.Add(change);
        if (change.Application == OrderChange.Pattern)
        {
            pattern = pattern with { Phase = pattern.Phase + change.Step };
            return;
        }

        counts = change.Lane switch
        {
            Category.OutOfTurn => counts with { OutOfTurn = counts.OutOfTurn + change.Step },
            Category.FirstPriority => counts with { FirstPriority = counts.FirstPriority + change.Step },
            _ => counts with { General = counts.General + change.Step },
        };
    }
}

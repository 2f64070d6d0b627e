using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Order;
using EOrda.Queues.Places;
using EOrda.Queues.Time;
using EOrda.Queues.Twins;

namespace EOrda.Queues;

public sealed partial class Queue
{
    /// <summary>How many applications were ever filed here.</summary>
    public int ApplicationCount => Applications.Count;

    /// <summary>How many wait in each category (in queues where categories do not count all are general).</summary>
    public CategoryCounts Counts => new(Order.Count(Category.OutOfTurn), Order.Count(Category.FirstPriority), Order.Count(Category.General));

    /// <summary>How many places are available, in priority access or open, as of the latest event: what is due since then is not counted.</summary>
    public int AvailablePlaces => FreeByKindergarten.Sum(free => free.Count);

    /// <summary>True when an application with this identifier was ever filed here.</summary>
    public bool HasApplication(string application) => FindApplication(application) >= 0;

    /// <summary>
    /// True while a process has something under way here: an enrolment that is prepared, or a batch across queues. Commands are then taken as steps
    /// (<see cref="Steps.DecideCommand"/>), since their answers may depend on it.
    /// </summary>
    public bool HasProcesses => Deeds.Preparing.Count > 0 || Halves.Count > 0;

    /// <summary>An application's state, or null when it is not of this queue.</summary>
    public ApplicationState? Find(string application)
    {
        var index = FindApplication(application);
        if (index < 0)
        {
            return null;
        }

        var found = Applications[index];
        var timed = found.Status is Status.StopListed or Status.Returning or Status.Referred;
        return new ApplicationState(
            application,
            found.Status,
            found.Status == Status.Waiting ? Order.Position(index) : null,
            found.Cause,
            timed ? found.Until : null,
            found.Category,
            found.Submitted,
            found.Place == Application.NoPlace ? null : PlaceNames[found.Place],
            found.HoldsReservation ? found.Until : null);
    }

    /// <summary>Why the application's position changed, newest first, as far as the changes are kept (the last 4,096 of the queue).</summary>
    public IEnumerable<PositionChange> Explain(string application)
    {
        var index = FindApplication(application);
        return index < 0 ? [] : Order.Explain(index);
    }

    /// <summary>A page of the order: the applications from a 1-based position on, at most so many.</summary>
    public IReadOnlyList<string> OrderFrom(int position, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(position, 1);
        var count = (int)Math.Clamp((long)Order.TotalCount - position + 1, 0, most);
        var page = new string[count];
        for (var i = 0; i < count; i++)
        {
            page[i] = ApplicationNames[Order.At(position + i)];
        }

        return page;
    }

    /// <summary>The pattern that merges first-priority and general applications now.</summary>
    public PriorityPattern Pattern => Order.Pattern;

    /// <summary>The number of the latest change of the order, 0 before the first.</summary>
    public long LatestChange => Order.History.Latest;

    /// <summary>The changes of the order from a number on, oldest first; null when the oldest of them is no longer kept.</summary>
    public IReadOnlyList<OrderChange>? ChangesFrom(long number)
    {
        var history = Order.History;
        if (number < history.Oldest && history.Latest >= number)
        {
            return null;
        }

        var changes = new List<OrderChange>();
        for (; number <= history.Latest; number++)
        {
            changes.Add(history[number]);
        }

        return changes;
    }

    /// <summary>
    /// Where a waiting application stands in the lanes: what one needs to follow its position through later changes of the order. Null when it does not wait here.
    /// </summary>
    public LaneStanding? StandingInLanes(string application)
    {
        var index = FindApplication(application);
        return index >= 0 && Applications[index].Status == Status.Waiting
            ? new LaneStanding(Order.LaneOf(Applications[index].Category), Applications[index].Submitted, index, Order.CountsBefore(index), LatestChange)
            : null;
    }

    /// <summary>How many wait.</summary>
    public int WaitingCount => Order.TotalCount;

    /// <summary>All places in registration order, as they are at an instant up to which everything is settled.</summary>
    public IEnumerable<PlaceView> PlacesAt(Moment at)
    {
        for (var i = 0; i < Places.Count; i++)
        {
            yield return ViewOf(i, at);
        }
    }

    /// <summary>How many places were ever reported here.</summary>
    public int PlaceCount => Places.Count;

    /// <summary>A page of the places in registration order, as they are at an instant up to which everything is settled.</summary>
    /// <param name="number">The registration number of the first place of the page, 0 or more.</param>
    /// <param name="most">How many places at most.</param>
    /// <param name="at">The instant.</param>
    public IReadOnlyList<PlaceView> PlacesFrom(int number, int most, Moment at)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        var page = new PlaceView[Math.Clamp(Places.Count - number, 0, most)];
        for (var i = 0; i < page.Length; i++)
        {
            page[i] = ViewOf(number + i, at);
        }

        return page;
    }

    internal PlaceView ViewOf(int index, Moment at)
    {
        var place = Places[index];
        var inPriority = place.State == PlaceState.Available && at < place.PriorityEnd;
        Moment? from = place.State switch
        {
            PlaceState.Reported or PlaceState.Locked or PlaceState.Returning => place.AvailableAt,
            PlaceState.Available when inPriority => place.PriorityEnd,
            PlaceState.Reserved or PlaceState.Referred => Applications[place.Holder].Until,
            _ => null,
        };
        Access? access = place.State != PlaceState.Available ? null : inPriority ? Access.Priority : Access.Open;
        return new PlaceView(PlaceNames[index], KindergartenNames[place.Kindergarten], place.State, access, from);
    }

    /// <summary>The child of an application, or null when the application is not of this queue.</summary>
    public string? ChildOf(string application) => FindApplication(application) is >= 0 and var index ? ChildOf(index) : null;

    /// <summary>True when the place is of this queue.</summary>
    public bool HasPlace(string place) => PlaceNames.Find(place) >= 0;

    /// <summary>The batch that an application's live reservation belongs to, or null.</summary>
    internal Batch? BatchOf(string application) => Batches.GetValueOrDefault(FindApplication(application));

    /// <summary>The available places of a kindergarten, or null when it never reported any here.</summary>
    internal FreePlaces? FreeAt(string kindergarten) =>
        KindergartenNames.Find(kindergarten) is >= 0 and var known ? FreeByKindergarten[known] : null;

    internal bool IsEnrolled(int application) =>
        Applications[application] is { Status: Status.Archived, Cause: Cause.Enrolled, Place: not Application.NoPlace };
}

/// <summary>How many wait in each category.</summary>
public readonly record struct CategoryCounts(int OutOfTurn, int FirstPriority, int General)
{
    /// <summary>How many wait in all.</summary>
    public int Total => OutOfTurn + FirstPriority + General;
}

/// <summary>Where a waiting application stands in the lanes.</summary>
/// <param name="Lane">Its own lane.</param>
/// <param name="Submitted">Its submission instant.</param>
/// <param name="Number">Its registration number, which breaks ties.</param>
/// <param name="Before">How many stand before it by (instant, number) in each lane.</param>
/// <param name="AsOf">The number of the latest change of the order that is taken into account.</param>
public sealed record LaneStanding(Category Lane, Moment Submitted, int Number, CategoryCounts Before, long AsOf);

/// <summary>An application as it stands.</summary>
/// <param name="Application">Its identifier.</param>
/// <param name="Status">What it is doing.</param>
/// <param name="Position">1-based position, null unless waiting.</param>
/// <param name="Cause">Why it is archived or stop-listed.</param>
/// <param name="Until">Stop-listed, returning, referred: its end; else null.</param>
/// <param name="Category">The category it stands under.</param>
/// <param name="Submitted">The instant that orders it.</param>
/// <param name="Place">The place it reserved, is referred to or enrolled in, or null.</param>
/// <param name="ReservedUntil">When its reservation lapses, or null when it holds none.</param>
public sealed record ApplicationState(
    string Application,
    Status Status,
    int? Position,
    Cause Cause,
    Moment? Until,
    Category Category,
    Moment Submitted,
    string? Place,
    Moment? ReservedUntil);

/// <summary>A place as it stands.</summary>
/// <param name="Place">Its identifier.</param>
/// <param name="Kindergarten">Its kindergarten.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Access">Who may take it, when available.</param>
/// <param name="From">When it becomes available, priority access ends, or the reservation or referral ends; else null.</param>
public sealed record PlaceView(string Place, string Kindergarten, PlaceState State, Access? Access, Moment? From);

using EOrda.Queues.Applications;
using EOrda.Queues.Storage;
using EOrda.Queues.Time;

namespace EOrda.Queues.Order;

/// <summary>
/// The order of those waiting (rules, section 3): out-of-turn first, then first-priority and general merged by the pattern;
/// in queues where categories do not count everyone stands in the general lane. Every change is noted with its cause.
/// </summary>
internal sealed class WaitingOrder
{
    private readonly Paged<Application> applications;
    private readonly Timeline timeline;
    private readonly bool usesCategories;

    public WaitingOrder(Paged<Application> applications, bool usesCategories)
    {
        this.applications = applications;
        this.usesCategories = usesCategories;
        timeline = new Timeline(applications);
    }

    public PriorityPattern Pattern { get; private set; } = new(1, 3, 0);

    public OrderHistory History { get; } = new();

    /// <summary>How many wait in a lane.</summary>
    public int Count(Category lane) => timeline.Total(Series.Waiting(lane));

    /// <summary>How many wait.</summary>
    public int TotalCount => Count(Category.OutOfTurn) + Count(Category.FirstPriority) + Count(Category.General);

    /// <summary>How many of those waiting cannot reserve now.</summary>
    public int BarredCount =>
        timeline.Total(Series.Barred(Category.OutOfTurn)) + timeline.Total(Series.Barred(Category.FirstPriority)) + timeline.Total(Series.Barred(Category.General));

    /// <summary>The lane a category stands in.</summary>
    public Category LaneOf(Category category) => usesCategories ? category : Category.General;

    public void SetPattern(PriorityPattern pattern) => Pattern = pattern;

    /// <summary>The pattern moved on after a referral (<c>carry</c>).</summary>
    public void MovePattern(int phase, Moment at)
    {
        if (phase != Pattern.Phase)
        {
            History.Add(new OrderChange(at, PositionCause.Pattern, OrderChange.Pattern, at, Category.General, phase - Pattern.Phase));
            Pattern = Pattern with { Phase = phase };
        }
    }

    /// <summary>Gives a filed application its slot, without letting it in.</summary>
    public void Add(int application) => timeline.Insert(application);

    /// <summary>Gives an application of a snapshot its slot and its presence; the history is restored apart.</summary>
    public void Restore(int application)
    {
        timeline.Insert(application);
        if (applications[application].Status == Status.Waiting)
        {
            timeline.Set(application, Series.Waiting(LaneOf(application)), true);
            SetBarred(application, applications[application].HoldsReservation);
        }
    }

    /// <summary>Takes the slot of one that left for good.</summary>
    public void Remove(int application) => timeline.Remove(application);

    public void Enter(int application, PositionCause cause, Moment at)
    {
        timeline.Set(application, Series.Waiting(LaneOf(application)), true);
        Note(application, cause, at, 1);
    }

    public void Leave(int application, PositionCause cause, Moment at)
    {
        var lane = LaneOf(application);
        timeline.Set(application, Series.Barred(lane), false);
        timeline.Set(application, Series.Waiting(lane), false);
        Note(application, cause, at, -1);
    }

    /// <summary>Moves a waiting application to another category's lane, keeping its slot, and barred if it is.</summary>
    public void ChangeCategory(int application, Category category, Moment at)
    {
        ref var changed = ref applications[application];
        if (LaneOf(changed.Category) == LaneOf(category))
        {
            changed.Category = category;
            return;
        }

        var barred = IsBarred(application);
        Leave(application, PositionCause.Category, at);
        changed.Category = category;
        Enter(application, PositionCause.Category, at);
        SetBarred(application, barred);
    }

    /// <summary>Says whether a waiting application cannot reserve now, because it holds a reservation or is at a limit.</summary>
    public void SetBarred(int application, bool barred) => timeline.Set(application, Series.Barred(LaneOf(application)), barred);

    /// <summary>True for a waiting application that cannot reserve now.</summary>
    public bool IsBarred(int application) => timeline.Has(application, Series.Barred(LaneOf(application)));

    /// <summary>The 1-based position of a waiting application.</summary>
    public int Position(int application)
    {
        var lane = LaneOf(application);
        var rank = timeline.CountBefore(application, Series.Waiting(lane)) + 1;
        return Merged(lane, rank, Count(Category.OutOfTurn), Count(Category.FirstPriority), Count(Category.General), Pattern);
    }

    /// <summary>How many stand before the application's slot in each lane.</summary>
    public CategoryCounts CountsBefore(int application) => new(
        timeline.CountBefore(application, Series.Waiting(Category.OutOfTurn)),
        timeline.CountBefore(application, Series.Waiting(Category.FirstPriority)),
        timeline.CountBefore(application, Series.Waiting(Category.General)));

    /// <summary>The application at a position from 1 to <see cref="TotalCount"/>.</summary>
    public int At(int position)
    {
        var outOfTurn = Count(Category.OutOfTurn);
        if (position <= outOfTurn)
        {
            return timeline.Select(Series.Waiting(Category.OutOfTurn), position);
        }

        // The most first-priority applications that stand at or before the position.
        var place = position - outOfTurn;
        int low = 0, high = Math.Min(place, Count(Category.FirstPriority));
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (PlaceOfFirstPriority(middle) <= place)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low > 0 && PlaceOfFirstPriority(low) == place
            ? timeline.Select(Series.Waiting(Category.FirstPriority), low)
            : timeline.Select(Series.Waiting(Category.General), place - low);
    }

    /// <summary>
    /// True when the application's rank is at most <paramref name="size"/>: no more than that many less one stand ahead that could reserve now
    /// (rules, section 5).
    /// </summary>
    public bool IsWithin(int application, long size)
    {
        var position = Position(application);
        if (position <= size)
        {
            return true;
        }

        return position - BarredCount <= size && position - BarredAhead(application) <= size;
    }

    /// <summary>One more than those ahead of a waiting application that could reserve now (rules, section 5).</summary>
    public int Rank(int application) => Position(application) - BarredAhead(application);

    /// <summary>The last waiting application of the lane whose rank is at most <paramref name="size"/>; -1 when there is none.</summary>
    public int LastWithin(Category lane, long size)
    {
        // Along a lane ranks never fall.
        var (low, high) = (0, Count(lane));
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Rank(timeline.Select(Series.Waiting(lane), middle)) <= size)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low > 0 ? timeline.Select(Series.Waiting(lane), low) : -1;
    }

    /// <summary>The changes of the application's position that are still kept, newest first.</summary>
    public IEnumerable<PositionChange> Explain(int application)
    {
        var lane = LaneOf(application);
        var present = applications[application].Status == Status.Waiting;
        var submitted = applications[application].Submitted;
        int[] before = new int[3], totals = new int[3];
        for (var l = Category.OutOfTurn; l <= Category.General; l++)
        {
            before[(int)l] = applications[application].IsActive ? timeline.CountBefore(application, Series.Waiting(l)) : 0;
            totals[(int)l] = Count(l);
        }

        if (!applications[application].IsActive)
        {
            yield break;
        }

        var pattern = Pattern;
        int? Position() => present ? Merged(lane, before[(int)lane] + 1, totals[0], totals[1], totals[2], pattern) : null;
        for (var number = History.Latest; number >= History.Oldest; number--)
        {
            var change = History[number];
            var after = Position();
            if (change.Application == OrderChange.Pattern)
            {
                pattern = pattern with { Phase = pattern.Phase - change.Step };
            }
            else
            {
                totals[(int)change.Lane] -= change.Step;
                if (change.Application == application)
                {
                    present = change.Step < 0;
                    lane = change.Lane;
                }
                else if (change.Submitted < submitted || (change.Submitted == submitted && change.Application < application))
                {
                    before[(int)change.Lane] -= change.Step;
                }
            }

            var then = Position();
            if (then != after)
            {
                yield return new PositionChange(change.At, change.Cause, change.Application == application, then, after);
            }
        }
    }

    private static int Merged(Category lane, int rank, int outOfTurn, int firstPriority, int general, PriorityPattern pattern) => lane switch
    {
        Category.OutOfTurn => rank,
        Category.FirstPriority => outOfTurn + rank + pattern.GeneralAheadOfFirstPriority(rank, general),
        _ => outOfTurn + rank + pattern.FirstPriorityAheadOfGeneral(rank, firstPriority),
    };

    private Category LaneOf(int application) => LaneOf(applications[application].Category);

    private int PlaceOfFirstPriority(int rank) => rank + Pattern.GeneralAheadOfFirstPriority(rank, Count(Category.General));

    private int BarredAhead(int application)
    {
        var lane = LaneOf(application);
        var ahead = timeline.CountBefore(application, Series.Barred(lane));
        if (lane == Category.OutOfTurn)
        {
            return ahead;
        }

        var rank = timeline.CountBefore(application, Series.Waiting(lane)) + 1;
        ahead += timeline.Total(Series.Barred(Category.OutOfTurn));
        return lane == Category.FirstPriority
            ? ahead + BarredAmongFirst(Category.General, Pattern.GeneralAheadOfFirstPriority(rank, Count(Category.General)))
            : ahead + BarredAmongFirst(Category.FirstPriority, Pattern.FirstPriorityAheadOfGeneral(rank, Count(Category.FirstPriority)));
    }

    private int BarredAmongFirst(Category lane, int count)
    {
        if (count == 0)
        {
            return 0;
        }

        var last = timeline.Select(Series.Waiting(lane), count);
        return timeline.CountBefore(last, Series.Barred(lane)) + (timeline.Has(last, Series.Barred(lane)) ? 1 : 0);
    }

    private void Note(int application, PositionCause cause, Moment at, int step) =>
        History.Add(new OrderChange(at, cause, application, applications[application].Submitted, LaneOf(application), step));
}

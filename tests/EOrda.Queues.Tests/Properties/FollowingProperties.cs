using EOrda.Queues.Applications;
using EOrda.Queues.Order;
using EOrda.Queues.Places;

namespace EOrda.Queues.Tests.Properties;

/// <summary>A position followed through the changes of the order, and explained backwards, is the position.</summary>
public sealed class FollowingProperties
{
    private const int Sequences = 30;
    private const int Longest = 200;

    [Fact]
    public void Followed_through_the_changes_as_a_browser_does_it_is_the_position() => Steps.ForAll(Sequences, Longest, steps =>
    {
        var country = new RecordingCountry();
        var followers = new Dictionary<string, Follower>();
        foreach (var said in Stories.Tell(steps))
        {
            country.Execute(said);
            foreach (var queue in country.Queues)
            {
                for (var i = 0; i < queue.ApplicationCount; i++)
                {
                    var name = queue.ApplicationNames[i];
                    if (!followers.TryGetValue(name, out var follower) && queue.StandingInLanes(name) is { } standing)
                    {
                        followers[name] = follower = new Follower(standing, queue.Counts, queue.Pattern);
                    }

                    follower?.Follow(queue);
                    Assert.Equal(queue.Find(name)!.Position, follower?.Position);
                }
            }
        }
    });

    [Fact]
    public void The_changes_told_chain_backwards_from_the_position_now_to_the_filing() => Steps.ForAll(Sequences, Longest, steps =>
    {
        var country = new RecordingCountry();
        var seen = new Dictionary<string, List<int?>>();
        foreach (var said in Stories.Tell(steps))
        {
            country.Execute(said);
            foreach (var queue in country.Queues)
            {
                for (var i = 0; i < queue.ApplicationCount; i++)
                {
                    Check(queue, queue.ApplicationNames[i], seen);
                }
            }
        }
    });

    [Fact]
    public void The_places_touched_are_all_that_changed_but_for_the_clock() => Steps.ForAll(Sequences, Longest, steps =>
    {
        var country = new RecordingCountry();
        var followed = new Dictionary<Queue, SortedDictionary<int, PlaceView>>();
        foreach (var said in Stories.Tell(steps))
        {
            country.Execute(said);
            foreach (var queue in country.Queues)
            {
                if (!followed.TryGetValue(queue, out var places))
                {
                    queue.NoteTouchedPlaces();
                    followed[queue] = places = new(queue.PlacesAt(said.At).Index().ToDictionary(entry => entry.Index, entry => entry.Item));
                }

                foreach (var (number, place) in queue.TakeTouchedPlaces(said.At))
                {
                    places[number] = place;
                }

                Assert.Equal(queue.PlacesAt(said.At).Select(Timeless), places.Values.Select(Timeless));
                Assert.Empty(queue.TakeTouchedPlaces(said.At));
            }
        }
    });

    // Priority access ends by the clock: from the first instant on, the page itself sees that.
    private static PlaceView Timeless(PlaceView view) => view.State == PlaceState.Available ? view with { Access = null, From = null } : view;

    private static void Check(Queue queue, string name, Dictionary<string, List<int?>> seen)
    {
        var state = queue.Find(name)!;
        var changes = queue.Explain(name).ToList();
        if (state.Status == Status.Archived)
        {
            Assert.Empty(changes);
            return;
        }

        var to = state.Position;
        foreach (var change in changes)
        {
            Assert.Equal(to, change.To);
            Assert.NotEqual(change.From, change.To);
            Assert.True(change.Own || (change.From is not null && change.To is not null));
            to = change.From;
        }

        Assert.Null(to);
        var observed = seen.TryGetValue(name, out var positions) ? positions : seen[name] = [null];
        if (observed[^1] != state.Position)
        {
            observed.Add(state.Position);
        }

        // Every position that was ever seen is among those told, in order.
        var told = changes.Select(change => change.To).Reverse().Prepend(null).ToList();
        var next = 0;
        foreach (var position in told)
        {
            next += next < observed.Count && observed[next] == position ? 1 : 0;
        }

        Assert.Equal(observed.Count, next);
    }

    /// <summary>What a browser keeps of one application.</summary>
    private sealed class Follower
    {
        private readonly LaneStanding standing;
        private readonly int[] before;
        private readonly int[] totals;
        private PriorityPattern pattern;
        private Category lane;
        private bool waits = true;
        private long asOf;

        public Follower(LaneStanding standing, CategoryCounts counts, PriorityPattern pattern)
        {
            this.standing = standing;
            this.pattern = pattern;
            before = [standing.Before.OutOfTurn, standing.Before.FirstPriority, standing.Before.General];
            totals = [counts.OutOfTurn, counts.FirstPriority, counts.General];
            (lane, asOf) = (standing.Lane, standing.AsOf);
        }

        public int? Position => !waits ? null : lane switch
        {
            Category.OutOfTurn => before[0] + 1,
            Category.FirstPriority => totals[0] + before[1] + 1 + pattern.GeneralAheadOfFirstPriority(before[1] + 1, totals[2]),
            _ => totals[0] + before[2] + 1 + pattern.FirstPriorityAheadOfGeneral(before[2] + 1, totals[1]),
        };

        public void Follow(Queue queue)
        {
            foreach (var change in queue.ChangesFrom(asOf + 1)!)
            {
                Take(change);
                asOf++;
            }

            Assert.Equal(queue.LatestChange, asOf);
        }

        private void Take(OrderChange change)
        {
            if (change.Application == OrderChange.Pattern)
            {
                pattern = pattern with { Phase = pattern.Phase + change.Step };
                return;
            }

            totals[(int)change.Lane] += change.Step;
            if (change.Application == standing.Number)
            {
                (waits, lane) = (change.Step > 0, change.Lane);
            }
            else if (change.Submitted < standing.Submitted || (change.Submitted == standing.Submitted && change.Application < standing.Number))
            {
                before[(int)change.Lane] += change.Step;
            }
        }
    }
}

using System.Text;
using EOrda.Load.Live;
using EOrda.Load.Parents;
using EOrda.Load.Portal;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace EOrda.Load.Tests;

/// <summary>What a browser makes of the records, and what it finds wrong in them.</summary>
public sealed class Following
{
    private const string Queue = "rehearsal-1/general/2024";

    private const string Snapshot =
        """{"type":3,"invocationId":"1","result":{"q":"rehearsal-1/general/2024","n":4,"t":1000,"c":[0,1,9],"p":[1,3,0],"x":10,"s":[[2,1,null,"P-1","k-1"],[2,1,null,"P-2","k-1"]]}}""";

    private readonly Followers followers = new();

    private QueueFollower Follower => followers.Of(Queue);

    [Fact]
    public void Updates_that_fit_change_the_picture()
    {
        Read(Snapshot);
        Read(Update(5, "[0,1,8]", firstChange: 11, "[2000,3,7,500,2,-1]", "[0,3,null,9000]"));
        var picture = Follower.Latest!;
        Assert.Equal((5, 11, 9), (picture.Number, picture.LatestChange, picture.Counts.Sum()));
        Assert.Equal(new PlaceNow(3, null, 9000, "P-1", "k-1"), picture.Places[0]);
        Assert.Empty(Follower.Contradictions);
    }

    [Theory]
    [InlineData("[0,1,9]", 11, "[2000,3,7,500,2,-1]", "", "its changes make it [0, 1, 8]")]
    [InlineData("[0,1,8]", 12, "[2000,3,7,500,2,-1]", "", "begins with change 12 after change 10")]
    [InlineData("[0,1,9]", 11, "", "[2,0,null,null]", "place 2, which nobody was told of")]
    public void Updates_that_do_not_fit_are_contradictions(string counts, long firstChange, string changes, string places, string evidence)
    {
        Read(Snapshot);
        Read(Update(5, counts, firstChange, changes, places));
        Assert.Contains(evidence, Assert.Single(Follower.Contradictions), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_browsers_told_different_things_under_one_number_are_a_contradiction()
    {
        Read(Snapshot);
        Read(Update(5, "[0,1,9]", 11, "", "[0,3,null,9000]"));
        Read(Update(5, "[0,1,9]", 11, "", "[1,3,null,9000]"));
        Assert.Contains("two browsers", Assert.Single(Follower.Contradictions), StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_that_is_not_what_the_updates_make_it_is_a_contradiction()
    {
        Read(Snapshot);
        Read(Update(5, "[0,1,9]", 11, "", "[0,3,null,9000]"));
        Read(Snapshot.Replace("\"n\":4", "\"n\":5", StringComparison.Ordinal));
        Assert.Contains("snapshot 5", Assert.Single(Follower.Contradictions), StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_bytes_are_read_once()
    {
        Assert.Same(Read(Snapshot), Read(Snapshot));
        Assert.NotSame(Read(Snapshot), Read(Snapshot.Replace("\"t\":1000", "\"t\":1001", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("""{"type":1,"target":"update","arguments":[]}""")]
    [InlineData("""{"type":99}""")]
    public void What_the_hub_may_not_send_is_refused(string record) => Assert.Throws<FormatException>(() => Read(record));

    [Fact]
    public void Positions_are_worked_out_as_the_rules_order_them() => Prop.ForAll(
        Gen.Choose(0, 2).ListOf(12).ToArbitrary(),
        lanes =>
        {
            var order = new WaitingOrderByHand([.. lanes]);
            for (var i = 0; i < lanes.Count; i++)
            {
                Assert.Equal(order.PositionOf(i), Positions.After(order.StandingOf(i), [], [1, 3, 0]));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Those_who_leave_ahead_move_a_position_and_those_behind_do_not()
    {
        var order = new WaitingOrderByHand([2, 2, 2, 2, 2]);
        var standing = order.StandingOf(2);
        Assert.Equal(3, Positions.After(standing, [], [1, 3, 0]));
        Assert.Equal(2, Positions.After(standing, [new OrderStep(0, 0, 2, -1)], [1, 3, 0]));
        Assert.Equal(3, Positions.After(standing, [new OrderStep(4, 4, 2, -1)], [1, 3, 0]));
        Assert.Null(Positions.After(standing, [new OrderStep(2, 2, 2, -1)], [1, 3, 0]));
    }

    private static string Update(long number, string counts, long firstChange, string changes, string places) =>
        $$"""{"type":1,"target":"update","arguments":[{"q":"{{Queue}}","n":{{number}},"t":2000,"c":{{counts}},"h":0,"x":{{firstChange}},"d":[{{changes}}],"s":[{{places}}]}]}""";

    private LiveRecord Read(string record) => followers.Read(Encoding.UTF8.GetBytes(record));

    /// <summary>Applications in the order of submission, and the order that the rules make of them: out of turn, then one first-priority and three general ones in turn.</summary>
    private sealed class WaitingOrderByHand(int[] lanes)
    {
        private readonly List<int> order = Merge(lanes);

        public int PositionOf(int application) => order.IndexOf(application) + 1;

        public StandingAnswer StandingOf(int application)
        {
            int Before(int lane) => lanes.Take(application).Count(l => l == lane);
            int All(int lane) => lanes.Count(l => l == lane);
            string[] words = ["out-of-turn", "first-priority", "general"];
            return new StandingAnswer(
                words[lanes[application]],
                application,
                application,
                Before(0),
                Before(1),
                Before(2),
                AsOf: 0,
                new LanesAnswer(All(0), All(1), All(2)),
                new PatternAnswer(1, 3, 0));
        }

        private static List<int> Merge(int[] lanes)
        {
            var (outOfTurn, first, general) = (Of(lanes, 0), Of(lanes, 1), Of(lanes, 2));
            var merged = outOfTurn.ToList();
            while (first.Count + general.Count > 0)
            {
                merged.AddRange(Take(first, 1));
                merged.AddRange(Take(general, 3));
            }

            return merged;
        }

        private static Queue<int> Of(int[] lanes, int lane) => new(Enumerable.Range(0, lanes.Length).Where(i => lanes[i] == lane));

        private static IEnumerable<int> Take(Queue<int> from, int count)
        {
            for (; count > 0 && from.Count > 0; count--)
            {
                yield return from.Dequeue();
            }
        }
    }
}

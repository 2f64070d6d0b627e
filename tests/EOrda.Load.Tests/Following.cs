using System.Text;
using EOrda.Load.Live;
using EOrda.Load.Parents;
using EOrda.Load.Portal;
using EOrda.Portal.Live;
using EOrda.Queues.Places;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace EOrda.Load.Tests;

/// <summary>What a browser makes of the records, and what it finds wrong in them.</summary>
public sealed class Following
{
    [Theory]
    [InlineData(PlaceNow.Reserved, 98, "")]
    [InlineData(PlaceNow.Reserved, 199, "soon")]
    [InlineData(PlaceNow.Reserved, 200, "soon later")]
    [InlineData(PlaceNow.Available, 200, "first")]
    public void Free_is_what_can_be_taken_and_where_nothing_can_what_will_have_opened(int state, long by, string free)
    {
        PlaceNow[] places = [new(state, null, 50, "first", "k"), new(PlaceNow.Locked, null, 99, "soon", "k"), new(PlaceNow.Locked, null, 200, "later", "k")];
        var picture = new Picture("town/general/2022", Feed: 1, Beginning: 0, Number: 1, At: 0, Counts: [], Pattern: [], LatestChange: 0, Window: null, places);
        Assert.Equal(free, string.Join(' ', new KnownPlaces().FreeIn(picture, by, isInWindow: true)));
    }

    [Fact]
    public void Outside_the_window_only_places_in_open_access_are_free()
    {
        PlaceNow[] places = [new(PlaceNow.Available, 0, 50, "priority", "k"), new(PlaceNow.Available, PlaceNow.Open, null, "open", "k")];
        var picture = new Picture("town/general/2022", Feed: 1, Beginning: 0, Number: 1, At: 0, Counts: [], Pattern: [], LatestChange: 0, new WindowNow(1, null, null, new(4, 400)), places);
        StandingAnswer last = new("general", 400, 4, 0, 0, 0, 0, new(0, 0, 9), new(1, 3, 0)), next = last with { Number = 5 };
        Assert.Equal(["priority", "open"], new KnownPlaces().FreeIn(picture, 200, Positions.IsInWindow(last, picture.Window)));
        Assert.Equal(["open"], new KnownPlaces().FreeIn(picture, 200, Positions.IsInWindow(next, picture.Window)));
    }

    [Fact]
    public void The_numbers_that_the_tool_reads_are_the_portals()
    {
        Assert.Equal(WireCodes.States.Values.Select(WireCodes.States.WordOf), PlaceNow.Words);
        Assert.Equal(
            [PlaceNow.Locked, PlaceNow.Available, PlaceNow.Reserved],
            new[] { PlaceState.Locked, PlaceState.Available, PlaceState.Reserved }.Select(WireCodes.States.Of));
        Assert.Equal(PlaceNow.Open, WireCodes.Accesses.Of(Access.Open));
        Assert.Equal([0, 1, 2], new[] { "out-of-turn", "first-priority", "general" }.Select(Positions.LaneOf));
        Assert.Equal(["out-of-turn", "first-priority", "general"], WireCodes.Lanes.Values.Select(WireCodes.Lanes.WordOf));
    }

    private const string Queue = "rehearsal-1/general/2024";

    private const string Snapshot =
        """{"type":3,"invocationId":"1","result":{"q":"rehearsal-1/general/2024","f":3,"b":1000,"n":4,"t":1000,"c":[0,1,9],"p":[1,3,0],"i":[2,null,[4,1500],[7,500]],"x":10,"s":[[2,1,null,"P-1","k-1"],[2,1,null,"P-2","k-1"]]}}""";

    // Cause 3, lanes 2 and 0, and one who left.
    private const int LeftGeneralCode = (3 * 3 + 2) * 2;
    private const int LeftOutOfTurn = 3 * 3 * 2;

    // State 3, no access, and an instant.
    private const int Reserved = (3 * 3 + 2) * 2 + 1;

    private static readonly string LeftGeneral = Text(-100, 7, LeftGeneralCode, -500);
    private static readonly string FirstReserved = Text(0, Reserved, 6000);
    private static readonly string SecondReserved = Text(1, Reserved, 6000);

    private readonly Followers followers = new();

    private QueueFollower Follower => followers.Of(Queue);

    [Fact]
    public void Updates_that_fit_change_the_picture()
    {
        Read(Snapshot);
        Read(Update(5, LeftGeneral, FirstReserved));
        var picture = Follower.Latest!;
        Assert.Equal((5, 11, 9), (picture.Number, picture.LatestChange, picture.Counts.Sum()));
        Assert.Equal(new PlaceNow(3, null, 9000, "P-1", "k-1"), picture.Places[0]);
        Assert.True(Follower.TryChangesAfter(10, out var changes));
        Assert.Equal([new OrderStep(7, 500, 2, -1)], changes);
        Assert.Empty(Follower.Contradictions);
    }

    [Fact]
    public void Several_updates_come_in_one_record_and_those_that_are_known_are_passed_over()
    {
        var (fifth, sixth) = (Update(5, LeftGeneral, FirstReserved), Update(6, "", SecondReserved));
        Read(Snapshot);
        Read(fifth);
        Read(Together(fifth, sixth));
        Assert.Equal((6, 11), (Follower.Latest!.Number, Follower.Latest.LatestChange));
        Assert.Equal([3, 3], Follower.Latest.Places.Select(place => place.State));
        Assert.Equal(2, Follower.At(5)!.Places[1].State);
        Assert.Empty(Follower.Contradictions);
        Read(Together(Update(6, "", FirstReserved), Update(7, "", "")));
        Assert.Contains("as update 6", Assert.Single(Follower.Contradictions), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_of_the_pattern_moves_its_phase()
    {
        Read(Snapshot);
        Read(Update(5, Text(-100, -1, 2), ""));
        Assert.Equal([1, 3, 2], Follower.Latest!.Pattern);
        Assert.Equal((11, 10), (Follower.Latest.LatestChange, Follower.Latest.Counts.Sum()));
    }

    [Fact]
    public void The_window_moves_in_the_lanes_that_an_update_names()
    {
        Read(Snapshot);
        Read(Update(5, "", FirstReserved).Replace("\"d\":", $"\"i\":\"{Text(3, 0 * 3 + 1, (8 + 1) * 3 + 2, -400)}\",\"d\":", StringComparison.Ordinal));
        Read(Update(6, "", SecondReserved));
        Assert.Equal(new WindowNow(3, null, null, new SlotNow(8, 600)), Follower.Latest!.Window);
        Read(Snapshot.Replace("\"n\":4", "\"n\":6", StringComparison.Ordinal));
        Assert.Contains("snapshot 6", Assert.Single(Follower.Contradictions), StringComparison.Ordinal);
    }

    [Fact]
    public void New_places_come_with_their_names()
    {
        Read(Snapshot);
        Read(Update(5, "", Text(2, 4, 1, 4), """,["P-3","k-1","P-4","k-2"]"""));
        Assert.Equal(["P-1", "P-2", "P-3", "P-4"], Follower.Latest!.Places.Select(place => place.Name));
    }

    [Fact]
    public void Updates_that_do_not_fit_are_contradictions()
    {
        Read(Snapshot);
        Read(Update(5, Text(-100, 7, LeftOutOfTurn, -500), ""));
        Assert.Contains("-1 wait in lane 0", Assert.Single(Follower.Contradictions), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_place_without_a_name_is_a_contradiction()
    {
        Read(Snapshot);
        Read(Update(5, "", Text(2, 4)));
        Assert.Contains("place 2, which nobody was told of", Assert.Single(Follower.Contradictions), StringComparison.Ordinal);
    }

    [Fact]
    public void An_update_of_a_queue_that_is_not_known_yet_is_passed_over()
    {
        Read(Update(4, LeftGeneral, FirstReserved));
        Read(Snapshot);
        Assert.Equal(4, Follower.Latest!.Number);
        Assert.Empty(Follower.Contradictions);
    }

    [Fact]
    public void Two_browsers_told_different_things_under_one_number_are_a_contradiction()
    {
        Read(Snapshot);
        Read(Update(5, "", FirstReserved));
        Read(Update(5, "", SecondReserved));
        Assert.Contains("two browsers", Assert.Single(Follower.Contradictions), StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_that_is_not_what_the_updates_make_it_is_a_contradiction()
    {
        Read(Snapshot);
        Read(Update(5, "", FirstReserved));
        Read(Snapshot.Replace("\"n\":4", "\"n\":5", StringComparison.Ordinal));
        Assert.Contains("snapshot 5", Assert.Single(Follower.Contradictions), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_read_for_practice_fits_together()
    {
        Practice.Run(followers);
        var follower = Assert.Single(followers.All);
        Assert.Empty(follower.Contradictions);
        Assert.Equal((40, 40, 59, 2), (follower.Latest!.Number, follower.Latest.LatestChange, follower.Latest.Counts[2], follower.Latest.Places.Length));
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
    [InlineData("""{"type":1,"target":"update","arguments":[{"f":3,"n":5}]}""")]
    [InlineData("""{"type":1,"target":"other","arguments":[{"f":3,"n":5,"t":1}]}""")]
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

    private static string Update(long number, string changes, string places, string names = "") =>
        $$"""{"type":1,"target":"update","arguments":[{"f":3,"n":{{number}},"t":2000,"d":"{{changes}}","s":"{{places}}"{{names.Replace(",[", ",\"m\":[", StringComparison.Ordinal)}}}]}""";

    /// <summary>Two updates as the hub sends them to one who was told neither.</summary>
    private static string Together(string first, string second) => first[..^2] + "," + second[(second.IndexOf('[', StringComparison.Ordinal) + 1)..];

    /// <summary>Numbers in the letters of the live updates, written by the portal's own writer.</summary>
    private static string Text(params ReadOnlySpan<long> numbers)
    {
        var text = new EOrda.Portal.Live.NumberText();
        foreach (var number in numbers)
        {
            text.Add(number);
        }

        return text.ToString();
    }

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

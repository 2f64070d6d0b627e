using EOrda.Queues;
using EOrda.Queues.Audit;
using EOrda.Queues.Country;
using EOrda.Queues.Tests.Properties;
using EOrda.Queues.Time;

namespace EOrda.Actors.Persistence.Tests.Processes;

/// <summary>Random stories told to the actors and to the same rules without actors.</summary>
public sealed class BesideTheWholeCountry
{
    private const int Length = 120;
    private const int LengthOfFamilies = 250;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 4)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public Task The_actors_answer_and_end_as_the_country_without_actors(int seed) =>
        // An amendment takes effect at the localities' horizon, which the country without actors does not have.
        Compare(Stories.Tell(Steps.Of(seed, Length)).Where(said => said.Command is not AmendRules));

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Families_whose_members_wait_in_several_queues_are_answered_the_same(int seed) =>
        Compare(FamilyStories.Tell(seed, LengthOfFamilies).Select(told => told.Said));

    [Fact]
    public void The_families_reserve_confirm_and_drop_across_queues_and_leave_places_for_others()
    {
        var told = Enumerable.Range(1, 4).SelectMany(seed => FamilyStories.Tell(seed, LengthOfFamilies)).ToList();
        Assert.InRange(told.Count(one => one is { Said.Command: ReserveBatch, Answer: PlacesReserved { Places.Count: 2 } }), 6, int.MaxValue);
        Assert.InRange(told.Count(one => one.Answer is ReferralsGiven { Referrals.Count: 2 }), 3, int.MaxValue);
        Assert.InRange(told.Count(one => one.Answer is PlaceReturns), 1, int.MaxValue);
        Assert.InRange(told.Count(one => one.Answer is ChildEnrolled { Left: not null }), 1, int.MaxValue);
    }

    private static async Task Compare(IEnumerable<Said> story)
    {
        var country = new WholeCountry();
        await using var node = await CountryNode.Start();
        var ends = new SortedSet<Moment>();
        foreach (var said in story)
        {
            await PassTo(node, said.At, ends);
            var expected = country.Execute(said.Command, said.At);
            var answer = await node.Ask(said.Command);
            Assert.True(Answering.TextOf(expected) == Answering.TextOf(answer), $"{said}: {Answering.TextOf(expected)} was due, {Answering.TextOf(answer)} came.");
            if (said.Command is ReserveBatch && answer is PlacesReserved held)
            {
                ends.Add(held.Until);
            }

            if (said.Command is ReserveBatch or Confirm or Drop)
            {
                // What is carried on behind the answer has arrived.
                await node.Settle();
            }
        }

        await node.Settle();
        var stored = node.Stored;
        stored.CheckPromises();
        Assert.All(stored.Queues, queue =>
        {
            var same = country.QueueNamed(queue.Key.ToString(), node.Time.Now)!;
            Assert.Equal(ViewOf(same, node.Time.Now), ViewOf(queue, node.Time.Now));
        });
    }

    // Every end of a batch is reached in all its queues before time goes on.
    private static async Task PassTo(CountryNode node, Moment at, SortedSet<Moment> ends)
    {
        while (ends.Count > 0 && ends.Min <= at)
        {
            node.Time.Now = ends.Min;
            ends.Remove(ends.Min);
            await node.Settle();
        }

        node.Time.Now = at;
    }

    private static string ViewOf(Queue queue, Moment at) => string.Join(
        '\n',
        QueueAudit.ApplicationNames(queue).Select(name => $"{queue.Find(name)}").Concat(queue.PlacesAt(at).Select(place => $"{place}")));
}

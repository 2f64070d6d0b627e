using EOrda.Queues.Applications;
using EOrda.Queues.Audit;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Places;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Queues.Tests.Properties;

/// <summary>What holds in the whole country after any commands: places are conserved, and nothing is given twice.</summary>
public sealed class CountryProperties
{
    private const int Sequences = 40;
    private const int Longest = 150;

    [Fact]
    public void No_place_is_lost_or_given_twice_and_no_child_has_two() => Steps.ForAll(Sequences, Longest, steps =>
    {
        var census = new Census();
        foreach (var said in Stories.Tell(steps))
        {
            census.Execute(said);
            census.Check();
        }
    });

    [Fact]
    public void The_stories_reach_every_answer_and_nearly_every_reason()
    {
        var answers = new HashSet<string>();
        for (var seed = 0; seed < 60; seed++)
        {
            var country = new WholeCountry();
            foreach (var said in Stories.Tell(Steps.Of(seed, 360 + seed)))
            {
                var answer = country.Execute(said.Command, said.At);
                answers.Add(answer is Refusal refusal ? Words.Of(refusal.Reason) : answer.GetType().Name);
            }
        }

        // Those that the stories do not name: they set each locality up once, and name known localities and queues that are well formed.
        var untold = new[] { Reason.DuplicateLocality, Reason.DuplicateKindergarten, Reason.UnknownLocality, Reason.NotBorn }.Select(Words.Of);
        var reasons = Enum.GetValues<Reason>().Select(Words.Of).Except(untold);
        var successes = typeof(Answer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Answer)) && type != typeof(Refusal)).Select(type => type.Name);
        var missing = string.Join(' ', reasons.Concat(successes).Except(answers).Order(StringComparer.Ordinal));
        Assert.True(missing.Length == 0, missing);
    }

    /// <summary>A country with a list of what was filed and freed, counted anew after each command.</summary>
    private sealed class Census
    {
        private readonly WholeCountry country = new();
        private readonly Dictionary<string, Submit> filed = [];
        private readonly Dictionary<string, QueueKey> freed = [];
        private Moment now;

        public void Execute(Said said)
        {
            now = said.At;
            switch (said.Command, country.Execute(said.Command, said.At))
            {
                case (Submit submit, Standing):
                    filed.Add(submit.Application, submit);
                    break;
                case (FreePlace free, PlaceFreed answer):
                    freed.Add(free.Place, answer.Queue);
                    break;
            }
        }

        public void Check()
        {
            var states = filed.Keys.Select(name => country.QueueOfApplication(name, now)!.Find(name)!).ToList();
            CheckPlaces(states);
            CheckChildren(states);
            foreach (var key in filed.Values.Select(submit => submit.Queue).Distinct())
            {
                CheckOrder(country.QueueNamed(key, now)!, states);
            }
        }

        private void CheckPlaces(List<ApplicationState> states)
        {
            var places = freed.Values.Distinct().SelectMany(key => country.QueueOf(key).PlacesAt(now)).ToList();
            Assert.Equal(freed.Keys.Order(StringComparer.Ordinal), places.Select(place => place.Place).Order(StringComparer.Ordinal));
            var held = places.Where(place => place.State is PlaceState.Reserved or PlaceState.Referred or PlaceState.Enrolled).Select(place => place.Place);
            Assert.Equal(held.Order(StringComparer.Ordinal), states.Where(state => state.Place is not null).Select(state => state.Place).Order(StringComparer.Ordinal));
            foreach (var state in states.Where(state => state.Place is not null))
            {
                var place = places.Single(place => place.Place == state.Place);
                var expected = state.Status switch { Status.Waiting => PlaceState.Reserved, Status.Referred => PlaceState.Referred, _ => PlaceState.Enrolled };
                Assert.Equal(expected, place.State);
                Assert.Equal(freed[state.Place!].ToString(), filed[state.Application].Queue);
                Assert.Equal(place.State == PlaceState.Enrolled ? null : state.ReservedUntil ?? state.Until, place.From);
            }
        }

        private void CheckChildren(List<ApplicationState> states)
        {
            foreach (var ofChild in states.GroupBy(state => (filed[state.Application].Child, filed[state.Application].Queue.Split('/')[1])))
            {
                Assert.InRange(ofChild.Count(state => state.Status != Status.Archived), 0, 1);
                Assert.InRange(ofChild.Count(state => state is { Cause: Cause.Enrolled, Place: not null }), 0, 1);
            }
        }

        private static void CheckOrder(Queue queue, List<ApplicationState> states)
        {
            Assert.Null(QueueAudit.FirstContradiction(queue));
            var order = queue.OrderFrom(1, int.MaxValue);
            Assert.Equal(queue.WaitingCount, order.Count);
            var ofQueue = states.Where(state => queue.Find(state.Application) is not null).ToList();
            var waiting = ofQueue.Where(state => state.Status == Status.Waiting).OrderBy(state => state.Position).Select(state => state.Application);
            Assert.Equal(waiting, order);
            Assert.Equal(Enumerable.Range(1, order.Count).Select(position => (int?)position), ofQueue.Where(state => state.Position is not null).Select(state => state.Position).Order());
        }
    }
}

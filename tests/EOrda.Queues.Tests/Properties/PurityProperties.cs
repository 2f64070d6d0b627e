using EOrda.Queues.Recording;

namespace EOrda.Queues.Tests.Properties;

/// <summary>The rules are a function of state, command and instant; and the events say everything.</summary>
public sealed class PurityProperties
{
    private const int Sequences = 25;
    private const int Longest = 150;

    [Fact]
    public void Deciding_changes_nothing_and_decides_the_same_again() => Steps.ForAll(Sequences, Longest, steps =>
    {
        var country = new RecordingCountry();
        foreach (var said in Stories.Tell(steps))
        {
            country.Execute(said);
            foreach (var queue in country.Queues)
            {
                var before = Bytes.Of(queue);
                foreach (var command in AboutEach(queue, said))
                {
                    var one = queue.Decide(command, said.At, country);
                    var other = queue.Decide(command, said.At, country);
                    Assert.Equal(Bytes.Of(one.Events), Bytes.Of(other.Events));
                    Assert.Equal(one.Events.Length == 0 && one.AnswerIn(queue) is Refusal, one.AnswerIn(queue) is Refusal);
                }

                Assert.Equal(before, Bytes.Of(queue));
            }
        }
    });

    [Fact]
    public void The_recorded_events_give_the_same_state() => Steps.ForAll(Sequences, Longest, steps =>
    {
        var country = new RecordingCountry();
        foreach (var said in Stories.Tell(steps))
        {
            country.Execute(said);
        }

        foreach (var queue in country.Queues)
        {
            var again = new Queue(queue.Key);
            foreach (var happened in country.Happened[queue.Key])
            {
                again.Apply(Copied(happened));
            }

            var more = new List<DatedEvent>();
            again.Settle(queue.Now, more);
            Assert.Empty(more);
            Assert.Equal(Bytes.Of(queue), Bytes.Of(again));
            Assert.Equal(queue.NextDue, again.NextDue);
            Assert.Equal(queue.PlacesAt(queue.Now), again.PlacesAt(queue.Now));
            Assert.Equal(queue.OrderFrom(1, int.MaxValue), again.OrderFrom(1, int.MaxValue));
        }
    });

    [Fact]
    public void Read_back_from_snapshots_at_any_moment_it_goes_on_as_if_nothing_had_been() => Steps.ForAll(Sequences, Longest, steps =>
    {
        RecordingCountry country = new(), restarted = new();
        foreach (var said in Stories.Tell(steps))
        {
            Assert.Equal(Bytes.Of(country.Execute(said)), Bytes.Of(restarted.Execute(said)));
            if (said.At.UnixMilliseconds % 3 == 0)
            {
                restarted.Restart();
            }
        }

        // And so it does through everything that is due in the two years to come.
        foreach (var (one, other) in country.Queues.Zip(restarted.Queues))
        {
            Assert.Equal(Bytes.Of(one), Bytes.Of(other));
            one.Settle(one.Now.PlusHours(2 * 366 * 24), happened: null);
            other.Settle(one.Now, happened: null);
            Assert.Equal(Bytes.Of(one), Bytes.Of(other));
        }
    });

    [Fact]
    public void It_does_not_matter_how_often_a_queue_is_settled_on_the_way() => Steps.ForAll(Sequences, Longest, steps =>
    {
        RecordingCountry seldom = new(), often = new();
        var story = Stories.Tell(steps);
        var last = story[0].At;
        foreach (var said in story)
        {
            foreach (var queue in often.Queues)
            {
                for (var quarter = 1; quarter < 4; quarter++)
                {
                    queue.Settle(new Time.Moment(last.UnixMilliseconds + (said.At.UnixMilliseconds - last.UnixMilliseconds) * quarter / 4), often.Happened[queue.Key]);
                }
            }

            last = said.At;
            Assert.Equal(Bytes.Of(seldom.Execute(said)), Bytes.Of(often.Execute(said)));
        }

        foreach (var (one, other) in seldom.Queues.Zip(often.Queues))
        {
            Assert.Equal(Bytes.Of(one), Bytes.Of(other));
        }
    });

    [Fact]
    public void Nothing_is_asked_of_an_earlier_instant()
    {
        var town = new Town().Filed("A").Freed("s1");
        var queue = town.QueueNamed();
        var earlier = new Time.Moment(town.Now.UnixMilliseconds - 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => queue.Settle(earlier, happened: null));
        Assert.Throws<ArgumentOutOfRangeException>(() => queue.Apply(new DatedEvent(earlier, new PlaceLocked(0))));
        Assert.Throws<ArgumentOutOfRangeException>(() => town.Country.Execute(new Confirm("A"), earlier));
        Assert.Throws<InvalidOperationException>(() => new Queue(queue.Key).Rules);
    }

    private static IEnumerable<Command> AboutEach(Queue queue, Said said)
    {
        for (var i = 0; i < queue.ApplicationCount; i++)
        {
            var name = queue.ApplicationNames[i];
            yield return new Confirm(name);
            yield return new Drop(name);
            yield return new Cancel(name);
            yield return new Extend(name, 1);
            yield return new Verify(name, Approve: said.At.UnixMilliseconds % 2 == 0);
            yield return new Refuse(name);
            yield return new Leave(name);
            yield return new Transfer(name, "somebody");
            yield return new Correct(name, new NodaTime.LocalDate(2021, 1, 2));
            yield return new Review(name, Approve: said.At.UnixMilliseconds % 2 == 0);
            yield return new Prolong(name);
            yield return new Withdraw(name);
            yield return new Reserve(name, Place: null, "kg");
        }

        yield return new CleanUp(queue.Key.Locality);
    }

    private static DatedEvent Copied(DatedEvent happened)
    {
        var bytes = Bytes.Of([happened.Event]);
        var reader = new ByteReader(bytes);
        var copy = EventFormat.ReadQueueEvent(ref reader);
        Assert.True(reader.AtEnd);
        Assert.Equal(bytes, Bytes.Of([copy]));
        return new DatedEvent(happened.At, copy);
    }
}

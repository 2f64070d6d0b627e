using EOrda.Actors.Tests.Support;
using EOrda.Queues;

namespace EOrda.Actors.Tests;

public sealed class Mailboxes
{
    [Fact]
    public void A_full_mailbox_refuses_at_once_and_what_is_inside_goes_on()
    {
        var city = new City(options: new NodeOptions { MailboxCapacity = 3 }).Filed("a1");
        var inside = Enumerable.Range(0, 3).Select(_ => city.Ask(new Prolong("a1"), queue: City.Queue)).ToList();
        var busy = Assert.Throws<BusyException>(() => city.Do(new Prolong("a1"), queue: City.Queue));
        Assert.True(busy.RetryAfter > TimeSpan.Zero);
        Assert.Throws<BusyException>(() => city.Look(queue => queue.WaitingCount));
        city.Run();
        Assert.Equal("ok ×3", Outcomes.Of(inside));
        Assert.IsType<ValidUntil>(city.Do(new Prolong("a1"), queue: City.Queue));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(9, 5)]
    [InlineData(1_000, 21)]
    public void An_entity_with_as_many_records_on_their_way_as_may_be_waits_and_goes_on_when_they_are_on_disk(int inFlight, int decided)
    {
        var city = new City(options: new NodeOptions { RecordsInFlight = inFlight, MailboxCapacity = 3, MessagesPerRun = 1, MessagesWorthARun = 1 }).Filed("a1");
        var asked = new List<Task<Answer>>();
        var refused = 0;
        city.Disk.BeforeWrite = _ =>
        {
            city.Disk.BeforeWrite = null;
            for (var i = 0; i < 20; i++)
            {
                if (Record.Exception(() => asked.Add(city.Ask(new Prolong("a1"), queue: City.Queue))) is { } fault)
                {
                    Assert.IsType<BusyException>(fault);
                    refused++;
                }

                while (city.Scheduler.RunOne())
                {
                }
            }
        };
        asked.Add(city.Ask(new Prolong("a1"), queue: City.Queue));
        city.Run();

        // A record counts twice, for its answer; the one that passes the bound is the last. Then the mailbox fills.
        var taken = Math.Min(21, decided + 3);
        Assert.Equal((21 - taken, $"ok ×{taken}"), (refused, Outcomes.Of(asked)));
        Assert.IsType<ValidUntil>(city.Do(new Prolong("a1"), queue: City.Queue));
    }

    [Fact]
    public void Commands_over_several_entities_have_a_bound_too()
    {
        var city = new City(options: new NodeOptions { JointTurns = 2 });
        var inside = new[] { city.Ask(City.Filing("a1")), city.Ask(City.Filing("a2")) };
        Assert.Throws<BusyException>(() => city.Do(City.Filing("a3")));
        city.Run();
        Assert.Equal("ok ×2", Outcomes.Of(inside));
        city.Filed("a3");
    }

    [Fact]
    public void Entities_have_a_bound_and_a_turn_that_needs_one_more_leaves_the_others_free()
    {
        // The localities, and the shards and queues of what is filed here.
        var city = new City(options: new NodeOptions { EntityCapacity = 8 });
        var filings = Enumerable.Range(0, 20).Select(i => Record.Exception(() => city.Do(City.Filing($"a{i}", new("almaty", EOrda.Queues.Names.Kind.General, $"{2020 + (i % 4)}"))))).ToList();
        Assert.Contains(filings, fault => fault is null);
        Assert.Contains(filings, fault => fault is BusyException);
        Assert.All(filings, fault => Assert.True(fault is null or BusyException, $"{fault}"));
        Assert.IsType<Done>(city.Do(new RegisterKindergarten("kg3", "almaty", EOrda.Queues.Names.Kind.General)));
        city.Audit();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_callers_commands_are_decided_in_the_order_in_which_they_were_sent(int perRun)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var city = new City(seed, new NodeOptions { MessagesPerRun = perRun }).InTheMorning(1, 1);
            var commands = Enumerable.Repeat<Command>(City.Reserving("a1", "p1"), 6).Concat([new Confirm("a1"), new Confirm("a1")]);
            var answers = commands.Select(command => city.Ask(command, queue: City.Queue)).ToList();
            city.Run();
            Assert.Equal(
                ["PlacesReserved", .. Enumerable.Repeat("AlreadyHolding", 5), "ReferralsGiven", "NoReservation"],
                answers.Select(answer => answer.Result is Refusal r ? $"{r.Reason}" : answer.Result.GetType().Name));
        }
    }

    [Fact]
    public void One_command_at_a_time_and_one_winner_a_place()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var city = new City(seed, new NodeOptions { MessagesPerRun = 4 }, rules => rules.WindowFactor = 10).InTheMorning(30, 3);
            var answers = Enumerable.Range(1, 30).Select(i => city.Ask(City.Reserving($"a{i}"), queue: City.Queue)).ToList();
            city.Run();
            var won = answers.Select(answer => answer.Result).OfType<PlacesReserved>().SelectMany(reserved => reserved.Places).ToList();
            Assert.Equal(["p1", "p2", "p3"], won.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_run_takes_so_many_messages_and_gives_its_thread_back()
    {
        var city = new City(options: new NodeOptions { MessagesPerRun = 10 }).Filed("a1");
        var before = city.Scheduler.Steps;
        var looks = Enumerable.Range(0, 100).Select(_ => city.Node.Look(City.Queue, (queue, _) => queue.WaitingCount).AsTask()).ToList();
        city.Run();
        Assert.Equal("ok ×100", Outcomes.Of(looks));

        // Each of ten runs, and what answers its looks.
        Assert.Equal(20, city.Scheduler.Steps - before);
    }

    [Fact]
    public void Who_stops_waiting_does_not_stop_the_command()
    {
        var city = new City().Filed("a1");
        using var cancel = new CancellationTokenSource();
        var asked = city.Node.Ask(new Withdraw("a1"), city.NextKey(), City.Queue, cancel.Token).AsTask();
        cancel.Cancel();
        Assert.True(asked.IsCanceled);
        Assert.Equal("archived", city.Run().State("a1"));
    }
}

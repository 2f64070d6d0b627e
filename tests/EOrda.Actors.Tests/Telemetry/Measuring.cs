using EOrda.Actors.Journal;
using EOrda.Actors.Live;
using EOrda.Actors.Telemetry;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using EOrda.Simulation.Virtual;
using NodaTime;

namespace EOrda.Actors.Tests.Telemetry;

/// <summary>A node tells what it does, and telling costs nothing.</summary>
public sealed class Measuring
{
    private static readonly QueueKey Queue = new("almaty", Kind.General, "2022");

    // Monday, 09:00 in Almaty.
    private static readonly Moment Start = Moment.From(Instant.FromUtc(2026, 6, 1, 4, 0));

    private ulong lastKey;

    [Fact]
    public void Commands_are_counted_by_what_they_came_to()
    {
        var city = MakeCity();
        using var readings = new Readings(city.Node);
        var before = readings.Now("eorda.decisions accepted");
        Do(city, Filing("A-1"), key: 7_777);
        Do(city, Filing("A-1"), key: 7_777);
        Do(city, Filing("A-1"));
        Assert.Equal(Refusal.For(Reason.NoReservation), Do(city, new Drop("A-1"), key: 8_888));
        Assert.Throws<KeyReusedException>(() => Do(city, new Confirm("A-1"), key: 8_888));
        city.Disk.BeforeWrite = _ => throw new JournalUnavailableException("The disk is full.");
        Assert.Throws<NotRecordedException>(() => Do(city, Filing("A-3")));
        Assert.Equal(1, readings.Now("eorda.decisions accepted") - before);
        Assert.Equal(1, readings.Now("eorda.decisions repeated"));
        Assert.Equal(1, readings.Now("eorda.decisions refused duplicate-application"));
        Assert.Equal(1, readings.Now("eorda.decisions refused no-reservation"));
        Assert.Equal(1, readings.Now("eorda.decisions key-reused"));
        Assert.Equal(1, readings.Now("eorda.decisions not-recorded"));
        Assert.Single(readings.Of("eorda.commit.duration refused"));
    }

    [Fact]
    public void A_full_mailbox_is_seen_and_what_it_refused_is_counted()
    {
        var city = MakeCity(new NodeOptions { MailboxCapacity = 4 });
        Do(city, Filing("A-1"));
        using var readings = new Readings(city.Node);
        var asked = Enumerable.Range(0, 4).Select(_ => Ask(city, new Withdraw("A-1"))).ToList();
        Assert.Equal(4, readings.Now("eorda.mailbox.depth"));
        Assert.Equal(4, readings.Now("eorda.mailbox.deepest"));
        Assert.Throws<BusyException>(() => city.Wait(Ask(city, new Withdraw("A-1"))));
        Assert.Equal(1, readings.Of("eorda.mailbox.refusals").Sum());
        asked.ForEach(one => city.Wait(one));
        Assert.Equal(0, readings.Now("eorda.mailbox.depth"));
    }

    [Fact]
    public void What_is_written_together_is_one_batch()
    {
        var city = MakeCity();
        Do(city, Filing("A-1"));
        using var readings = new Readings(city.Node);
        var asked = Enumerable.Range(0, 10).Select(_ => Ask(city, new Drop("A-1"))).ToList();
        asked.ForEach(one => city.Wait(one));
        Assert.Equal(10, readings.Of("eorda.batch.size").Sum());
        Assert.Equal(readings.Of("eorda.batch.size").Count, readings.Of("eorda.commit.duration written").Count);
    }

    [Fact]
    public void Recoveries_are_counted_and_those_that_failed_apart()
    {
        var city = MakeCity();
        Do(city, Filing("A-1"));
        city.Crash();
        using (var readings = new Readings(city.Node))
        {
            Do(city, new Withdraw("A-1"));
            Assert.NotEmpty(readings.Of("eorda.recovery.duration recovered"));
            Assert.True(readings.Now("eorda.entities") > 0);
        }

        var page = city.Disk.PagesOf($"queue/{Queue}")[0];
        var damaged = page.Body.ToArray();
        damaged[^1] ^= 1;
        city.Crash();
        city.Disk.PagesOf($"queue/{Queue}")[0] = page with { Body = damaged };
        using var after = new Readings(city.Node);
        Assert.Throws<OutcomeUnknownException>(() => Do(city, new Withdraw("A-1")));
        Assert.NotEmpty(after.Of("eorda.recovery.duration failed"));
    }

    [Fact]
    public void What_is_due_is_settled_on_time_and_told_to_those_who_watch()
    {
        var city = MakeCity();
        Do(city, Filing("A-1"));
        Do(city, new FreePlace("P-1", "kg", Queue.ToString(), Age: null));
        using var readings = new Readings(city.Node);
        using var watch = city.Wait(city.Node.Watch(Queue, new Deaf()));
        Assert.Equal(1, readings.Now("eorda.live.watches"));
        city.Pass(TimeSpan.FromHours(10));
        Assert.NotEmpty(readings.Of("eorda.dues.late"));
        Assert.All(readings.Of("eorda.dues.late"), late => Assert.Equal(0, late));
        Assert.NotEmpty(readings.Of("eorda.live.updates"));
    }

    [Fact]
    public void What_came_due_while_a_queue_was_at_rest_is_not_called_late()
    {
        var city = MakeCity();
        Do(city, Filing("A-1"));
        Do(city, new FreePlace("P-1", "kg", Queue.ToString(), Age: null));
        city.StopAndStart();
        city.Pass(TimeSpan.FromDays(2));
        using var readings = new Readings(city.Node);
        Do(city, new Withdraw("A-1"));
        Assert.Empty(readings.Of("eorda.dues.late"));
    }

    [Fact]
    public void Counting_a_command_allocates_nothing()
    {
        var counts = new DecisionCounts();
        var refusal = Refusal.For(Reason.PlaceTaken);
        var busy = new BusyException("", TimeSpan.Zero);
        Count(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Count(10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal([10_001, 10_001, 10_001], counts.Read().Select(one => one.Value));

        void Count(int times)
        {
            for (var i = 0; i < times; i++)
            {
                counts.Answered(Answer.Done, repeated: false);
                counts.Answered(refusal, repeated: false);
                counts.Failed(busy);
            }
        }
    }

    private static Submit Filing(string application) =>
        new(Queue.ToString(), application, $"child of {application}", new LocalDate(2022, 3, 1), $"parent of {application}", Category.General, Start, UnderReview: false);

    private VirtualNode MakeCity(NodeOptions? options = null)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        var city = new VirtualNode(1, Start, options);
        Do(city, new SetRules("almaty", new RulesDraft { TimeZone = "Asia/Almaty" }));
        Do(city, new RegisterKindergarten("kg", "almaty", Kind.General));
        return city;
    }

    private Answer Do(VirtualNode city, Command command, ulong? key = null) => city.Wait(city.Node.Ask(command, new CommandKey(key ?? ++lastKey)));

    private ValueTask<Answer> Ask(VirtualNode city, Command command) => city.Node.Ask(command, new CommandKey(++lastKey), Queue);

    private sealed class Deaf : ILiveListener
    {
        public void Publish(LiveUpdate update)
        {
        }
    }
}

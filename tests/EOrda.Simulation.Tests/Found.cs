using EOrda.Actors;
using EOrda.Actors.Audit;
using EOrda.Actors.Queries;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;

using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using EOrda.Simulation.Virtual;
using NodaTime;

namespace EOrda.Simulation.Tests;

/// <summary>What the simulator found in the node, each as a story of its own.</summary>
public sealed class Found
{
    private static readonly Moment Evening = Moment.From(Instant.FromUtc(2026, 10, 12, 14, 0));
    private static readonly QueueKey Queue = new("almaty", Kind.General, "2021");
    private int keys;

    [Fact]
    public void A_snapshot_taken_while_more_is_decided_is_of_its_own_record()
    {
        var world = Start(new NodeOptions { RecordsPerSnapshot = 1, MessagesPerRun = 1 });
        Ask(world, Filing("a1", "c1"));
        var asked = Enumerable.Range(0, 20)
            .Select(i => world.Node.Ask(new ChangeCategory("a1", i % 2 == 0 ? Category.FirstPriority : Category.General), NextKey(), Queue).AsTask())
            .ToList();
        asked.ForEach(task => world.Wait(task));

        JournalAudit.Run(world.Disk.Reader());
        world.Crash();
        Assert.Equal(1, world.Wait(world.Node.Query(Queue, new SizeQuery())).Waiting);
    }

    [Fact]
    public void A_place_in_a_queue_where_nobody_has_filed_is_seen()
    {
        var world = Start(new NodeOptions());
        Assert.IsType<PlaceFreed>(Ask(world, new FreePlace("s1", "k1", Queue.ToString(), Age: null)));
        Assert.Equal(["s1"], world.Wait(world.Node.Query(Queue, new PlacesQuery(from: 0, PageSize.Most))).Places.Select(place => place.Place));
        Assert.Equal(Answer.Done, Ask(world, new RevokePlace("s1"), Queue));
    }

    [Fact]
    public void What_is_due_in_more_than_twelve_hours_comes_on_time()
    {
        var world = Start(new NodeOptions { IdleBeforePassivation = TimeSpan.FromDays(10) });
        Ask(world, new FreePlace("s1", "k1", Queue.ToString(), Age: null));

        // Handed over tomorrow at 18:00, 23 hours from now; nobody asks for anything until then.
        var records = world.Disk.LastSequence($"queue/{Queue}");
        world.Pass(TimeSpan.FromHours(23) + TimeSpan.FromSeconds(1));
        Assert.Equal(records + 1, world.Disk.LastSequence($"queue/{Queue}"));
    }

    [Fact]
    public void What_is_due_comes_on_time_when_the_clock_is_set_forward()
    {
        var world = Start(new NodeOptions { IdleBeforePassivation = TimeSpan.FromDays(10) });
        Ask(world, new FreePlace("s1", "k1", Queue.ToString(), Age: null));
        world.Pass(TimeSpan.FromHours(22));
        var records = world.Disk.LastSequence($"queue/{Queue}");
        world.Time.Step(TimeSpan.FromMinutes(59));
        world.Pass(TimeSpan.FromSeconds(62));
        Assert.Equal(records + 1, world.Disk.LastSequence($"queue/{Queue}"));
    }

    private static Submit Filing(string application, string child) =>
        new(Queue.ToString(), application, child, new LocalDate(2021, 5, 5), "p1", Category.General, Submitted: null, UnderReview: false);

    private VirtualNode Start(NodeOptions options)
    {
        // The test runner's context would carry what follows an await to another thread.
        SynchronizationContext.SetSynchronizationContext(null);
        var world = new VirtualNode(seed: 1, Evening, options);
        Ask(world, new SetRules("almaty", new RulesDraft { TimeZone = "Asia/Almaty" }));
        Ask(world, new RegisterKindergarten("k1", "almaty", Kind.General));
        return world;
    }

    private Answer Ask(VirtualNode world, Command command, QueueKey? queue = null) => world.Wait(world.Node.Ask(command, NextKey(), queue));

    private CommandKey NextKey() => new((UInt128)(++keys));
}

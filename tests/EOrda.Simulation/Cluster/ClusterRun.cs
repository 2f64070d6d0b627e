using EOrda.Queues;
using EOrda.Queues.Time;
using EOrda.Simulation.Checks;
using EOrda.Simulation.Cluster.Checks;
using EOrda.Simulation.Cluster.Load;
using EOrda.Simulation.Cluster.Mutants;
using EOrda.Simulation.Cluster.Worlds;
using EOrda.Simulation.Load;
using EOrda.Simulation.Worlds;

namespace EOrda.Simulation.Cluster;

/// <summary>Some days of a city on a cluster from one seed, and all checks.</summary>
internal sealed class ClusterRun
{
    private const int StackBytes = 16 << 20;
    private const int WatchedQueues = 3;
    private const int LooksAtRelease = 100;
    private const int TwinsInRace = 30;
    private static readonly TimeSpan BeforeRelease = TimeSpan.FromMinutes(39.2);
    private const int PlacesADay = 12;

    private readonly ClusterWorld world;
    private readonly Town town;
    private readonly ClusterCallers callers;
    private readonly Day day;
    private readonly ClusterLooks looks;
    private readonly CountryModel model;
    private readonly Dice dice;
    private readonly List<ClusterWatcher> watchers = [];
    private readonly ClusterCheckpoint checkpoint;

    private ClusterRun(int seed, ClusterMutant mutant)
    {
        dice = new Dice(seed, 11);
        town = new Town(seed);
        world = new ClusterWorld(seed, ClusterSettings.From(seed), mutant, Town.Begins);
        callers = new ClusterCallers(world);
        world.RightCommand = callers.CommandOf;
        looks = new ClusterLooks(world);
        day = new Day(world, callers, town, looks);
        model = new CountryModel(world, looks);
        checkpoint = new ClusterCheckpoint(world, town, callers, looks, watchers, new AnswerBooks(world, callers), model, new Promises(world));
    }

    /// <summary>Runs a seed, with a deliberate bug or without.</summary>
    public static Outcome Run(int seed, ClusterMutant? mutant = null)
    {
        // On a thread of its own, which nothing else gives work to.
        Outcome? outcome = null;
        Exception? fault = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    outcome = new ClusterRun(seed, mutant ?? ClusterMutant.None).Run();
                }
                catch (Exception thrown)
                {
                    fault = thrown;
                }
            },
            StackBytes);
        thread.Start();
        thread.Join();
        return outcome ?? throw new InvalidOperationException($"Seed {seed} could not be run.", fault);
    }

    private Outcome Run()
    {
        using (world)
        {
            try
            {
                Live();
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                world.Fail("exception", fault.ToString());
            }

            return new Outcome(
                world.Seed, world.Failure, world.Trace.Hash, world.Trace.Last, world.Work.Steps, model.Decisions, model.Sights, TimeSpan.FromTicks(world.Ticks), world.Faults.Done);
        }
    }

    private void Live()
    {
        SetUp();
        for (var number = 1; number <= world.Settings.Days && world.Failure is null; number++)
        {
            RunUntil(TimeOf(number, 16, 0));
            FreePlaces();
            Load(TimeSpan.FromHours(3), world.Settings.RequestsAnHour);
            Night(number);
            RunUntil(TimeOf(number + 1, 6, 20));
            day.Race(town.Hot, TimeOf(number + 1, 7, 0), world.Settings.RaceCallers);
            foreach (var queue in town.Queues.Where(queue => queue != town.Hot))
            {
                day.Race(queue, TimeOf(number + 1, 7, 0), world.Settings.RaceCallers / 10);
            }

            day.RaceTogether(TimeOf(number + 1, 7, 0), TwinsInRace);
            LookOnAtRelease(TimeOf(number + 1, 7, 0));
            Load(TimeSpan.FromHours(1.5), world.Settings.RequestsAnHour * 2);
        }

        if (world.Failure is null)
        {
            Probe();
        }
    }

    // The cities, their kindergartens and those who have waited for long.
    private void SetUp()
    {
        foreach (var node in world.Nodes)
        {
            node.Start();
        }

        foreach (var rules in town.Rules())
        {
            callers.SendRules(rules, world.Mutant.Told(rules.Rules));
        }

        world.RunUntil(() => callers.Open == 0, TimeSpan.FromMinutes(1));
        foreach (var (name, city, kind) in town.Kindergartens)
        {
            callers.Send(new RegisterKindergarten(name, city, kind));
        }

        world.RunUntil(() => callers.Open == 0, TimeSpan.FromMinutes(1));
        foreach (var queue in town.Queues.Where(queue => queue.Cohort != "2020"))
        {
            for (var left = queue == town.Hot ? world.Settings.HotFamilies : world.Settings.Families; left > 0; left--)
            {
                day.File(town.NewFiling(queue, new Moment(Town.Begins.UnixMilliseconds - (left * 1_000_000L))));
            }
        }

        FreePlaces();
        for (var pairs = 0; pairs < TwinsInRace; pairs++)
        {
            day.FileTwins();
        }

        watchers.AddRange(town.Queues.Take(WatchedQueues).Select((queue, number) => new ClusterWatcher(world, town, queue, number)));
        checkpoint.Run();
    }

    // In most seeds the power fails twice in the night: what is due meanwhile takes effect at its own instant when the nodes are back.
    private void Night(int number)
    {
        if (!world.Settings.HasWholeNights && world.Failure is null)
        {
            Rest(TimeOf(number, 20, 0), TimeOf(number, 23, 55));
            Rest(TimeOf(number + 1, 0, 10), TimeOf(number + 1, 6, 0));
        }
    }

    private void Rest(Moment from, Moment until)
    {
        RunUntil(from);
        foreach (var node in world.Nodes)
        {
            node.Die(TimeSpan.FromMilliseconds(Math.Max(0, until.UnixMilliseconds - world.Clock.UnixMilliseconds)));
        }

        RunUntil(until);
    }

    private void FreePlaces()
    {
        day.Free(town.Hot, PlacesADay);
        day.Free(town.Younger, PlacesADay);
    }

    // Whoever looks in the race sees what is decided while pages are on their way.
    private void LookOnAtRelease(Moment release)
    {
        for (var look = 0; look < LooksAtRelease; look++)
        {
            world.When(new Moment(release.UnixMilliseconds + (look * 50)), () => looks.At(town.Hot, town));
        }
    }

    // In the middle of the load, and half of them so that they come into force in the race.
    private void Amend(TimeSpan during)
    {
        foreach (var amendment in town.Amendments())
        {
            world.After(dice.Chance(0.5) ? dice.Between(TimeSpan.Zero, during) : BeforeRelease, () => callers.Send(amendment));
        }
    }

    private void Load(TimeSpan during, int requestsAnHour)
    {
        watchers.ForEach(watcher => watcher.Begin());
        world.Faults.Begin(during);
        Amend(during);
        day.Busy(during, requestsAnHour);
        world.RunFor(during);
        world.Faults.End();
        if (world.Failure is null)
        {
            checkpoint.Run();
        }

        watchers.ForEach(watcher => watcher.End());
    }

    // After the last fault every queue takes an application again.
    private void Probe()
    {
        var answered = 0;
        foreach (var queue in town.Queues)
        {
            callers.Send(town.ProbeFiling(queue), then: answer =>
            {
                answered += answer is Standing ? 1 : 0;
                if (answer is not Standing)
                {
                    world.Fail("service", $"A filing in {queue} after the last fault is answered {AnswerLines.Of(answer)}.");
                }
            });
        }

        if (!world.RunUntil(() => answered == town.Queues.Count || world.Failure is not null, TimeSpan.FromSeconds(30)))
        {
            world.Fail("service", $"Only {answered} of {town.Queues.Count} queues answer after the last fault.");
        }

        checkpoint.Run();
    }

    private void RunUntil(Moment at) => world.RunFor(TimeSpan.FromMilliseconds(Math.Max(0, at.UnixMilliseconds - world.Clock.UnixMilliseconds)));

    // A local time of the so-manieth day; both cities are five hours ahead of UTC.
    private static Moment TimeOf(int dayNumber, int hour, int minute) =>
        new(Town.Begins.UnixMilliseconds - (long)TimeSpan.FromHours(15.5).TotalMilliseconds + (long)new TimeSpan(dayNumber - 1, hour, minute, 0).TotalMilliseconds);
}

using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Time;
using EOrda.Simulation.Checks;
using EOrda.Simulation.Load;
using EOrda.Simulation.Mutants;
using EOrda.Simulation.Worlds;

namespace EOrda.Simulation;

/// <summary>What became of one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Failure">What was found wrong first, or null.</param>
/// <param name="Hash">The hash of all that happened.</param>
/// <param name="LastEvents">The last of it, in words.</param>
/// <param name="Steps">Pieces of work.</param>
/// <param name="Decisions">Commands that the model decided again.</param>
/// <param name="Sights">Looks that were compared with the model.</param>
/// <param name="Passed">How much time went by in the simulation.</param>
/// <param name="Faults">How often which fault was done.</param>
internal sealed record Outcome(
    int Seed,
    Failure? Failure,
    string Hash,
    IReadOnlyList<string> LastEvents,
    long Steps,
    int Decisions,
    int Sights,
    TimeSpan Passed,
    IReadOnlyDictionary<string, int> Faults);

/// <summary>Some days of a city from one seed, and all checks.</summary>
internal sealed class SeedRun
{
    private const int StackBytes = 16 << 20;
    private static readonly TimeSpan WatchersLookAround = TimeSpan.FromSeconds(5);

    private readonly World world;
    private readonly Town town;
    private readonly Callers callers;
    private readonly Looks looks;
    private readonly Day day;
    private readonly ModelReplay model;
    private readonly List<Watcher> watchers = [];
    private readonly Checkpoint checkpoint;
    private readonly Punctuality punctuality;

    private SeedRun(int seed, Mutant mutant)
    {
        town = new Town(seed);
        world = new World(seed, Settings.From(seed), mutant, Town.Begins);
        callers = new Callers(world);
        looks = new Looks(world);
        day = new Day(world, callers, town, looks);
        model = new ModelReplay(world, callers);
        checkpoint = new Checkpoint(world, town, callers, looks, model, watchers);
        punctuality = new Punctuality(world, town.Queues);
        callers.Know(town.Queues);
        world.Order.Know(town.Queues.Select(Actors.Entities.EntityNames.Of));
        world.Faults.Queues = town.Queues;
    }

    /// <summary>Runs a seed, with a deliberate bug or without.</summary>
    public static Outcome Run(int seed, Mutant? mutant = null)
    {
        // On a thread of its own, which nothing else gives work to.
        Outcome? outcome = null;
        Exception? fault = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    outcome = new SeedRun(seed, mutant ?? Mutant.None).Run();
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
                world.Seed,
                world.Failure,
                world.Trace.Hash,
                world.Trace.Last,
                world.Order.Steps,
                model.Commands,
                model.Sights,
                TimeSpan.FromTicks(world.Ticks),
                world.Faults.Done);
        }
    }

    private void Live()
    {
        SetUp();
        for (var number = 1; number <= world.Settings.Days && world.Failure is null; number++)
        {
            Amend();
            var evening = TimeOf(number, 16, 0);
            var morning = TimeOf(number + 1, 6, 20);
            RunUntil(evening);
            Load(TimeSpan.FromHours(3), world.Settings.RequestsAnHour);
            RunUntil(morning);
            day.Race(town.Hot, TimeOf(number + 1, 7, 0), world.Settings.RaceCallers);
            foreach (var queue in town.Queues.Where(queue => queue != town.Hot))
            {
                day.Race(queue, TimeOf(number + 1, 7, 0), world.Settings.RaceCallers / 10);
            }

            Load(TimeSpan.FromHours(1.5), world.Settings.RequestsAnHour * 2);
        }

        if (world.Failure is null)
        {
            Probe();
        }
    }

    // The cities, their kindergartens and those who have waited for long; a quiet hour.
    private void SetUp()
    {
        world.Process.Start();
        world.RunUntil(() => world.Process.Node is not null, TimeSpan.FromMinutes(1));
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

        day.Free(town.Hot, 6);
        foreach (var queue in town.Queues)
        {
            watchers.Add(new Watcher(world, town, queue, watchers.Count));
            watchers[^1].Connect();
        }

        LookAround();
        checkpoint.Run();
    }

    // In a quiet minute: what is decided while an amendment is on its way to disk is decided by the old rules, which the model cannot know.
    private void Amend()
    {
        foreach (var amendment in town.Amendments())
        {
            callers.Send(amendment);
        }

        world.RunUntil(() => callers.Open == 0, TimeSpan.FromMinutes(1));
    }

    private void LookAround()
    {
        watchers.ForEach(watcher => watcher.Check());
        punctuality.Check();
        world.After(WatchersLookAround, LookAround);
    }

    private void Load(TimeSpan during, int requestsAnHour)
    {
        world.Faults.Begin(during);
        day.Busy(during, requestsAnHour);
        world.RunFor(during);
        world.Faults.End();
        if (world.Failure is null)
        {
            checkpoint.Run();
        }
    }

    // After the last fault every queue takes an application again and answers whoever looks.
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

        if (!world.RunUntil(() => answered == town.Queues.Count || world.Failure is not null, TimeSpan.FromSeconds(10)))
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

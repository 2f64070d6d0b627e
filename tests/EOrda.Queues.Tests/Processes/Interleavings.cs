using EOrda.Queues.Country;
using EOrda.Queues.Tests.Properties;

namespace EOrda.Queues.Tests.Processes;

/// <summary>
/// Processes that meet, in every order of their steps. The promises hold at every cut, and the answers and the world at the end are those of the commands
/// taken whole, one after another, in some order.
/// </summary>
public sealed class Interleavings
{
    private const int MostRuns = 20_000;

    public static TheoryData<string> Scenes => [.. Scene.All.Where(scene => scene.Commands.Length > 1).Select(scene => scene.Name)];

    [Theory]
    [MemberData(nameof(Scenes))]
    public void In_every_order_they_end_as_one_after_another(string name)
    {
        var beginning = Scene.Named(name).Begin();
        var possible = Serial(name, beginning);
        ForEveryOrder(order =>
        {
            var world = beginning.Copy();
            var running = Begin(name, world);
            while (!running.TrueForAll(one => one.IsDone))
            {
                StepOne(world, running, order);
                Promises.Hold(world);
            }

            Assert.Contains(Outcome(name, world, running), possible);
            Promises.HoldAtTheEnd(world);
        });
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public void In_every_order_with_a_crash_on_the_way_too(string name)
    {
        var beginning = Scene.Named(name).Begin();
        var possible = Serial(name, beginning);
        ForEveryOrder(order =>
        {
            var world = beginning.Copy();
            var running = Begin(name, world);
            var hasCrashed = false;
            while (!running.TrueForAll(one => one.IsDone))
            {
                if (!hasCrashed && order.Choose(2) == 1)
                {
                    hasCrashed = true;
                    world.Crash();
                    running.ForEach(one => one.Forget());
                }

                // After the crash in one order only: what stands in the entities is what counts.
                StepOne(world, running, hasCrashed ? Order.Fixed : order);
                Promises.Hold(world);
            }

            Assert.Contains(Outcome(name, world, running), possible);
            Promises.HoldAtTheEnd(world);
        });
    }

    private static List<Running> Begin(string name, World world) =>
        [.. Scene.Named(name).Commands.Select(command => new Running(new CommandProcess(world.NextKey(), command)))];

    // One of those that can go on takes a step, and with it those steps that only look.
    private static void StepOne(World world, List<Running> running, Order order)
    {
        var candidates = running.Where(one => !one.IsDone).ToList();
        while (candidates.Count > 0)
        {
            var chosen = candidates[order.Choose(candidates.Count)];
            while (chosen.Ask is { OnlyLooks: true })
            {
                chosen.Step(world);
            }

            if (chosen.IsDone || chosen.Step(world))
            {
                return;
            }

            candidates.Remove(chosen);
        }

        Assert.Fail("They wait for each other.");
    }

    private static HashSet<string> Serial(string name, World beginning)
    {
        var outcomes = new HashSet<string>();
        ForEveryOrder(order =>
        {
            var world = beginning.Copy();
            var running = Begin(name, world);
            var left = running.ToList();
            while (left.Count > 0)
            {
                var chosen = left[order.Choose(left.Count)];
                chosen.RunToEnd(world);
                left.Remove(chosen);
            }

            outcomes.Add(Outcome(name, world, running));
        });
        return outcomes;
    }

    private static string Outcome(string name, World world, List<Running> running) => Scene.Named(name).AnyPlaceWillDo
        ? string.Join(' ', running.Select(one => one.Answer!.GetType().Name))
        : $"{string.Join(' ', running.Select(one => Convert.ToHexString(Bytes.Of(one.Answer!))))}\n{world.View()}";

    private static void ForEveryOrder(Action<Order> run)
    {
        var order = new Order();
        var runs = 0;
        do
        {
            order.Begin();
            run(order);
            Assert.InRange(++runs, 0, MostRuns);
        }
        while (order.Next());
    }

    /// <summary>Choices, each run others, until all have been made.</summary>
    private sealed class Order
    {
        public static readonly Order Fixed = new() { isFixed = true };

        private readonly List<(int Chosen, int Of)> choices = [];
        private int made;
        private bool isFixed;

        public void Begin() => made = 0;

        public int Choose(int of)
        {
            if (isFixed)
            {
                return 0;
            }

            if (made == choices.Count)
            {
                choices.Add((0, of));
            }

            Assert.Equal(of, choices[made].Of);
            return choices[made++].Chosen;
        }

        public bool Next()
        {
            while (choices.Count > 0 && choices[^1].Chosen == choices[^1].Of - 1)
            {
                choices.RemoveAt(choices.Count - 1);
            }

            if (choices.Count == 0)
            {
                return false;
            }

            choices[^1] = (choices[^1].Chosen + 1, choices[^1].Of);
            return true;
        }
    }
}

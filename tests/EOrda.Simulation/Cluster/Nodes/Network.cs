namespace EOrda.Simulation.Cluster.Nodes;

/// <summary>What goes from one node to another: in order on each way unless the seed lets something be late; it may get lost or arrive twice.</summary>
internal sealed class Network(ClusterWorld world)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestLate = TimeSpan.FromSeconds(20);

    private readonly Dictionary<(int From, int To), long> lastArrivals = [];

    /// <summary>Sends something; on a node itself it arrives at once.</summary>
    public void Send(int from, int to, string what, Action arrive)
    {
        if (from == to)
        {
            arrive();
            return;
        }

        if (world.Partition.Separates(from, to) || world.Faults.Happens("message lost", world.Settings.Faults.MessageLost))
        {
            return;
        }

        if (world.Faults.Happens("message doubled", world.Settings.Faults.MessageDoubled))
        {
            world.After(world.Faults.Dice.Between(TimeSpan.Zero, LongestLate), Arrive);
        }

        if (world.Faults.Happens("message late", world.Settings.Faults.MessageLate))
        {
            world.After(world.Faults.Dice.Between(TimeSpan.Zero, LongestLate), Arrive);
            return;
        }

        // What is behind something on the same way does not overtake it.
        var at = Math.Max(lastArrivals.GetValueOrDefault((from, to)), world.Ticks + world.Faults.Dice.Between(TimeSpan.Zero, Longest).Ticks);
        lastArrivals[(from, to)] = at;
        world.After(TimeSpan.FromTicks(at - world.Ticks), Arrive);

        void Arrive()
        {
            if (!world.Partition.Separates(from, to))
            {
                world.Note($"{from} to {to}: {what}");
                arrive();
            }
        }
    }
}

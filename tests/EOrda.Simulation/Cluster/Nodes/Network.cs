using System.Globalization;
using Akka.Actor;

namespace EOrda.Simulation.Cluster.Nodes;

/// <summary>
/// What goes from one node to another: as bytes, in order on each way unless the seed lets something be late; it may get lost or arrive twice.
/// </summary>
internal sealed class Network(ClusterWorld world)
{
    private const string SystemPrefix = "node-";
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestLate = TimeSpan.FromSeconds(20);

    private readonly Dictionary<(int From, int To), long> lastArrivals = [];

    /// <summary>The name of a node's actor system.</summary>
    public static string SystemOf(int node) => $"{SystemPrefix}{node}";

    /// <summary>An actor of another node, as seen from one.</summary>
    public IActorRef RefOf(ActorPath path, int from, IActorRefProvider provider) =>
        int.Parse(path.Address.System.AsSpan(SystemPrefix.Length), CultureInfo.InvariantCulture) is var to
            ? new RelayedRef(path, provider, (message, sender) => Send(from, to, message, sender, (node, arrived, arrivedSender) => node.ActorAt(path).Tell(arrived, arrivedSender)))
            : provider.DeadLetters;

    /// <summary>Sends a message; on a node itself it arrives at once.</summary>
    /// <param name="from">The node that sends.</param>
    /// <param name="to">The node to which it goes.</param>
    /// <param name="message">The message.</param>
    /// <param name="sender">Its sender, or nobody.</param>
    /// <param name="arrive">Takes it there.</param>
    public void Send(int from, int to, object message, IActorRef? sender, Action<SimulatedNode, object, IActorRef?> arrive)
    {
        if (from == to)
        {
            arrive(world.Nodes[to], message, sender);
            return;
        }

        if (world.Partition.Separates(from, to) || world.Faults.Happens("message lost", world.Settings.Faults.MessageLost))
        {
            return;
        }

        var bytes = world.Nodes[from].Written(message);
        var senderPath = sender.IsNobody() ? null : sender!.Path;
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
            if (world.Nodes[to] is { IsUp: true } node && !world.Partition.Separates(from, to))
            {
                world.Note($"{from} to {to}: {message.GetType().Name}");
                arrive(node, node.Read(bytes), senderPath is null ? ActorRefs.NoSender : node.ActorAt(senderPath));
            }
        }
    }
}

/// <summary>A message as bytes.</summary>
internal readonly record struct WireBytes(byte[] Bytes, int Serializer, string Manifest);

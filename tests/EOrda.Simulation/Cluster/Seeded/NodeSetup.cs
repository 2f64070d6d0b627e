using Akka.Actor;
using Akka.Actor.Setup;
using EOrda.Simulation.Cluster.Nodes;
using EOrda.Simulation.Virtual;

namespace EOrda.Simulation.Cluster.Seeded;

/// <summary>What the parts of an actor system that Akka makes by their names need of the simulation.</summary>
/// <param name="node">The node.</param>
/// <param name="life">The process.</param>
/// <param name="work">Where what is ready to run goes.</param>
/// <param name="time">The process's clock and timers.</param>
/// <param name="throughput">Messages that a mailbox handles in one run.</param>
internal sealed class NodeSetup(SimulatedNode node, Life life, SeededWork work, VirtualTime time, int throughput) : Setup
{
    /// <summary>The node.</summary>
    public SimulatedNode Node { get; } = node;

    /// <summary>The process.</summary>
    public Life Life { get; } = life;

    /// <summary>Where what is ready to run goes.</summary>
    public SeededWork Work { get; } = work;

    /// <summary>The process's clock and timers.</summary>
    public VirtualTime Time { get; } = time;

    /// <summary>Messages that a mailbox handles in one run.</summary>
    public int Throughput { get; } = throughput;

    /// <summary>What a system was set up with.</summary>
    public static NodeSetup Of(Settings settings)
    {
        var found = settings.Setup.Get<NodeSetup>();
        return found.HasValue ? found.Value : throw new InvalidOperationException("The actor system is none of the simulation's.");
    }
}

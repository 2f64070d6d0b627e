using Akka.Configuration;
using Akka.Dispatch;

namespace EOrda.Simulation.Cluster.Seeded;

/// <summary>Gives the mailboxes of a node to the simulation, which runs them one at a time in the seed's order.</summary>
internal sealed class SeededDispatcher : MessageDispatcher
{
    private readonly NodeSetup node;

    public SeededDispatcher(MessageDispatcherConfigurator configurator, NodeSetup node)
        : base(configurator)
    {
        this.node = node;
        Id = "seeded";
        Throughput = node.Throughput;
        ShutdownTimeout = TimeSpan.FromSeconds(1);
    }

    /// <inheritdoc/>
    protected override void ExecuteTask(IRunnable run) => node.Work.Add(node.Life, run.Run);

    /// <inheritdoc/>
    protected override void Shutdown()
    {
    }
}

/// <summary>Makes the one dispatcher of a node; every dispatcher id of the configuration is this one.</summary>
internal sealed class SeededDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites) : MessageDispatcherConfigurator(config, prerequisites)
{
    private SeededDispatcher? dispatcher;

    /// <inheritdoc/>
    public override MessageDispatcher Dispatcher() => dispatcher ??= new SeededDispatcher(this, NodeSetup.Of(Prerequisites.Settings));
}

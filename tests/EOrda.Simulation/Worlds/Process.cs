using EOrda.Actors;
using EOrda.Queues.Time;
using EOrda.Simulation.Virtual;
using Microsoft.Extensions.Logging.Abstractions;

namespace EOrda.Simulation.Worlds;

/// <summary>The process that runs the node: it starts, dies, is stopped, and another one starts on the same disk.</summary>
internal sealed class Process(World world, Moment start)
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    private Task<Node>? starting;
    private Task? stopping;

    /// <summary>The clock of the process. The time of day lives on in the next one.</summary>
    public VirtualTime Time { get; private set; } = new(start, world.Scheduler.Post);

    /// <summary>The node, when it takes requests.</summary>
    public Node? Node { get; private set; }

    /// <summary>Counts the processes.</summary>
    public int Generation { get; private set; }

    /// <summary>True while there is no process.</summary>
    public bool IsDead { get; private set; } = true;

    /// <summary>Starts a process.</summary>
    public void Start()
    {
        if (!IsDead)
        {
            return;
        }

        Generation++;
        IsDead = false;
        world.Scheduler.Revive();
        Time = new VirtualTime(Time.Now, world.Scheduler.Post);
        world.Order.Begin();
        var time = world.Mutant.Time(Time);
        starting = Node.Start(world.Mutant.Wrap(world.Disk.Open(), world), world.Settings.Node, time, NullLoggerFactory.Instance, world.Scheduler);
        world.Note($"process {Generation} starts");
    }

    /// <summary>The process dies here and now; another starts after a while.</summary>
    public void Die(TimeSpan downFor)
    {
        if (IsDead)
        {
            return;
        }

        world.Note($"process {Generation} dies");
        IsDead = true;
        (starting, stopping, Node) = (null, null, null);
        world.Scheduler.Die();
        world.Disk.CutOff();
        world.Mutant.Died(world);
        world.After(downFor, Start);
    }

    /// <summary>The process is asked to stop; another starts when it has.</summary>
    public void Stop()
    {
        if (Node is { } node && stopping is null)
        {
            world.Note($"process {Generation} is stopped");
            stopping = node.DisposeAsync().AsTask();
        }
    }

    /// <summary>Sees whether the start or the stop has come to its end.</summary>
    public void Follow()
    {
        if (starting is { IsCompleted: true } started)
        {
            starting = null;
            if (started.IsCompletedSuccessfully)
            {
                Node = started.Result;
                world.Note("the node is up");
                return;
            }

            world.Note($"the node did not start: {started.Exception!.InnerException!.Message}");
            world.Faults.NotStarted(started.Exception.InnerException);
            Die(TryAgain);
        }

        if (stopping is { IsCompleted: true } stopped)
        {
            if (stopped.IsFaulted)
            {
                world.Fail("stop", stopped.Exception!.ToString());
            }

            Die(TimeSpan.Zero);
        }
    }
}

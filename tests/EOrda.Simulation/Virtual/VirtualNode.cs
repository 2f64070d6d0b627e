using EOrda.Actors;
using EOrda.Queues.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EOrda.Simulation.Virtual;

/// <summary>A real node on virtual time, a seeded scheduler and a virtual disk; it can be crashed and started again on the same disk.</summary>
public sealed class VirtualNode
{
    private readonly NodeOptions options;
    private readonly ILoggerFactory logs;

    public VirtualNode(int seed, Moment start, NodeOptions? options = null, VirtualDisk? disk = null, ILoggerFactory? logs = null)
    {
        this.options = options ?? new NodeOptions();
        this.logs = logs ?? NullLoggerFactory.Instance;
        Scheduler = new SeededScheduler(seed);
        Time = new VirtualTime(start, Scheduler.Post);
        Disk = disk ?? new VirtualDisk();
        Node = Start();
    }

    /// <summary>The clock.</summary>
    public VirtualTime Time { get; private set; }

    /// <summary>What runs when.</summary>
    public SeededScheduler Scheduler { get; }

    /// <summary>What survives.</summary>
    public VirtualDisk Disk { get; }

    /// <summary>The node that runs now.</summary>
    public Node Node { get; private set; }

    /// <summary>Runs everything until the task is done; time passes only from timer to timer, and only when nothing else is left.</summary>
    public T Wait<T>(ValueTask<T> pending)
    {
        var task = pending.AsTask();
        RunUntil(() => task.IsCompleted);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>The same for a task without a result.</summary>
    public void Wait(Task task)
    {
        RunUntil(() => task.IsCompleted);
        task.GetAwaiter().GetResult();
    }

    /// <summary>Lets time pass, running what there is to run at every timer on the way.</summary>
    public void Pass(TimeSpan by)
    {
        Scheduler.RunAll();
        while (Time.UntilNextTimer() is { } until && until <= by)
        {
            Time.Advance(until);
            by -= until;
            Scheduler.RunAll();
        }

        Time.Advance(by);
        Scheduler.RunAll();
    }

    /// <summary>The process dies and another starts on the same disk: what was ready to run is gone, the clock goes on.</summary>
    public void Crash()
    {
        Die();
        Scheduler.Revive();
        Restart();
    }

    /// <summary>The process dies here and now, also in the middle of a write; <see cref="Crash"/> starts another.</summary>
    public void Die()
    {
        Scheduler.Die();
        Disk.CutOff();
    }

    /// <summary>The node stops as it should, and another starts.</summary>
    public void StopAndStart()
    {
        Wait(Node.DisposeAsync().AsTask());
        Restart();
    }

    private void Restart()
    {
        Time = new VirtualTime(Time.Now, Scheduler.Post);
        Node = Start();
    }

    private Node Start() => Wait(new ValueTask<Node>(Node.Start(Disk.Open(), options, Time, logs, Scheduler)));

    private void RunUntil(Func<bool> done)
    {
        const int MostTimers = 100_000;
        for (var timers = 0; !done();)
        {
            if (Scheduler.RunOne())
            {
                continue;
            }

            if (Time.UntilNextTimer() is not { } until || timers++ > MostTimers)
            {
                throw new InvalidOperationException("Nothing is left to run, and the task is not done.");
            }

            Time.Advance(until);
        }
    }
}

using EOrda.Actors.Audit;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Recording;
using EOrda.Queues.Tests.Properties;
using EOrda.Queues.Time;
using EOrda.Simulation.Virtual;

namespace EOrda.Actors.Tests.Support;

/// <summary>A node that a story is told to, each command at its own instant.</summary>
internal sealed class StoryNode
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(30);

    public StoryNode(int seed, Moment start, NodeOptions? options = null)
    {
        // What goes on after an await stays on this thread.
        SynchronizationContext.SetSynchronizationContext(null);
        Virtual = new VirtualNode(seed, start, options);
    }

    public VirtualNode Virtual { get; }

    public Node Node => Virtual.Node;

    public Moment Now => Virtual.Time.Now;

    /// <summary>
    /// Lets time pass up to an instant, if that is still to come; a long while is over at once, as when a clock is set, after everything sent was decided.
    /// </summary>
    public void PassTo(Moment at)
    {
        var left = TimeSpan.FromMilliseconds(at.UnixMilliseconds - Now.UnixMilliseconds);
        if (left > Long)
        {
            Virtual.Scheduler.RunAll();
            Virtual.Time.Step(left);
        }
        else if (left > TimeSpan.Zero)
        {
            Virtual.Pass(left);
        }
    }

    public Answer Do(Command command, CommandKey key) => Virtual.Wait(Node.Ask(command, key));

    public Answer Do(Said said, CommandKey key)
    {
        PassTo(said.At);
        return Do(said.Command, key);
    }

    /// <summary>All queues as bytes, settled up to now.</summary>
    public SortedDictionary<string, string> States()
    {
        var states = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in Node.Queues.ToList())
        {
            states[key.ToString()] = Virtual.Wait(Node.Look(key, (queue, _) => Written(queue)));
        }

        return states;
    }

    public void Audit() => JournalAudit.Run(Virtual.Disk.Reader());

    public static string Written(Queue queue)
    {
        var to = new ByteWriter();
        QueueSnapshot.Write(to, queue);
        return Convert.ToHexString(to.Written.Span);
    }
}

using EOrda.Actors;
using EOrda.Actors.Journal;
using EOrda.Actors.Live;
using EOrda.Queues;
using EOrda.Queues.Rules;
using EOrda.Simulation.Virtual;
using EOrda.Simulation.Worlds;

namespace EOrda.Simulation.Mutants;

/// <summary>A deliberate bug, put around the product from outside. This one is none; each other one changes a thing or two.</summary>
internal class Mutant
{
    /// <summary>The product as it is.</summary>
    public static Mutant None { get; } = new();

    /// <summary>The journal as a process gets it.</summary>
    public virtual IJournal Wrap(IJournal journal, World world) => journal;

    /// <summary>The clock as a process gets it.</summary>
    public virtual TimeProvider Time(VirtualTime time) => time;

    /// <summary>A listener as the node gets it.</summary>
    public virtual ILiveListener Wrap(ILiveListener listener) => listener;

    /// <summary>The rules as the node is told them; the model is told the right ones.</summary>
    public virtual RulesDraft Told(RulesDraft rules) => rules;

    /// <summary>The key under which a command is asked.</summary>
    public virtual CommandKey KeyFor(CommandKey key, int process, int attempt) => key;

    /// <summary>Whether a work item gets lost.</summary>
    public virtual bool Loses(IThreadPoolWorkItem work) => false;

    /// <summary>The process died.</summary>
    public virtual void Died(World world)
    {
    }

    /// <summary>The clock was set.</summary>
    public virtual void ClockStepped(World world, TimeSpan by)
    {
    }
}

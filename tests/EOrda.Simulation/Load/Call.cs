using EOrda.Actors;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Simulation.Load;

/// <summary>One command of one caller, sent until it is answered or the caller goes away.</summary>
internal sealed class Call(CommandKey key, Command command, QueueKey? queue, Action<Answer>? then)
{
    /// <summary>The caller's key of it.</summary>
    public CommandKey Key { get; } = key;

    public Command Command { get; } = command;

    /// <summary>The command as it is sent.</summary>
    public Command Sent { get; init; } = command;

    /// <summary>The application's or place's queue, where the caller says it.</summary>
    public QueueKey? Queue { get; } = queue;

    /// <summary>What the caller does with the first answer.</summary>
    public Action<Answer>? Then { get; } = then;

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; set; }

    /// <summary>How often it reached the node.</summary>
    public int Deliveries { get; set; }

    /// <summary>The first answer heard.</summary>
    public Answer? Answer { get; set; }

    /// <summary>True when the caller waits no longer.</summary>
    public bool IsOver { get; set; }

    /// <summary>What the clock showed when it first reached the node.</summary>
    public Moment FirstReached { get; set; }

    /// <summary>The world's time at which it first reached a node.</summary>
    public long ReachedAt { get; set; }

    /// <summary>The world's time at which the first answer was heard.</summary>
    public long AnsweredAt { get; set; }

    /// <summary>How often the clock had been set by then.</summary>
    public int ClockSets { get; set; }
}

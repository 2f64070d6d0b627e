using EOrda.Queues.Names;

namespace EOrda.Queues.Steps;

/// <summary>
/// What a process (<c>Country</c>) asks of one entity: plain data that names the entity and carries the key of the command it serves. An entity that is
/// asked the same step again gives the same reply and does nothing twice: what it did it knows by the key for ever, what it refused or told it keeps with
/// the answers by key.
/// </summary>
public abstract record ProcessStep(CommandKey Key)
{
    /// <summary>True when the step only finds the way: nothing relies on its reply, and nothing is kept of it.</summary>
    public virtual bool OnlyLooks => false;

    /// <summary>Tells steps of one kind and key apart that are asked of one entity.</summary>
    public virtual string Part => "";

    /// <summary>
    /// The step without what replies to earlier steps told. Two steps of one key, kind and part that still differ serve two commands: the key was used
    /// for both.
    /// </summary>
    public virtual ProcessStep WithoutReplies() => this;
}

/// <summary>A step of the register that knows an identifier.</summary>
public abstract record RegisterStep(CommandKey Key, string Identifier) : ProcessStep(Key);

/// <summary>A step of a queue of a known locality.</summary>
public abstract record QueueStep(CommandKey Key, QueueKey Queue) : ProcessStep(Key);

/// <summary>A step of the localities and kindergartens.</summary>
public abstract record LocalityStep(CommandKey Key) : ProcessStep(Key);

/// <summary>What an entity says to a step: plain data.</summary>
public abstract record Reply;

/// <summary>
/// Nothing was decided, because it depends on what another process has begun here and not ended. Nothing is kept of it; the same step is asked again later.
/// A process never sees it.
/// </summary>
public sealed record Busy : Reply
{
    /// <summary>The one instance.</summary>
    public static readonly Busy Now = new();

    private Busy()
    {
    }
}

/// <summary>The step took effect and there is nothing to add.</summary>
public sealed record Noted : Reply
{
    /// <summary>The one instance.</summary>
    public static readonly Noted Done = new();

    private Noted()
    {
    }
}

/// <summary>The entity decided the command: this is its answer, a refusal too.</summary>
public sealed record Answered(Answer Answer) : Reply;

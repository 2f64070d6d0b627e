using EOrda.Queues.Names;
using EOrda.Queues.Steps;

namespace EOrda.Queues.Country;

/// <summary>
/// A way through several entities, one step after another: a pure function of what began it and the replies that came so far.
/// Whoever runs it may forget all replies at any moment and begin again with the same key: the entities reply the same and do nothing twice.
/// </summary>
/// <param name="Key">The key that its steps carry.</param>
public abstract record Process(CommandKey Key)
{
    /// <summary>The next step, or the answer.</summary>
    /// <param name="replies">The replies that came so far, in the order in which their steps were asked.</param>
    /// <exception cref="InvalidOperationException">A reply is of a kind that does not fit its step.</exception>
    public abstract Progress After(IReadOnlyList<Reply> replies);
}

/// <summary>The process of a command.</summary>
/// <param name="Key">The command's key.</param>
/// <param name="Command">The command.</param>
public sealed record CommandProcess(CommandKey Key, Command Command) : Process(Key)
{
    /// <inheritdoc/>
    public override Progress After(IReadOnlyList<Reply> replies) => Command switch
    {
        SetRules or AmendRules or RegisterKindergarten => ChangingLocalities(new Replies(replies)),
        Submit c => Filing.Next(c, Key, new Replies(replies)),
        FreePlace c => Freeing.Next(c, Key, new Replies(replies)),
        Enrol c => Enrolling.Next(c, Key, new Replies(replies)),
        ReserveBatch c => ReservingTwins.Next(c, Key, new Replies(replies)),
        CleanUp c => CleaningUp.Next(c, Key, new Replies(replies)),
        RevokePlace or ApplicationCommand => InOneQueue.Next(Command, Key, new Replies(replies)),
        _ => throw new ArgumentException($"Unknown command {Command.GetType().Name}.", nameof(replies)),
    };

    private Progress ChangingLocalities(Replies replies) =>
        replies.Next<Answered>() is { } decided ? Progress.Ended(decided.Answer) : Progress.Asking(new ChangeLocalities(Key, Command));
}

/// <summary>Carries what the leader of a batch across queues decided to the others: run for the leader until all have it, and for a queue that wants to know.</summary>
/// <param name="Key">A key that no question to the leader had before: what the leader says changes.</param>
/// <param name="Leader">The leader.</param>
/// <param name="Batch">The batch's key.</param>
/// <param name="Other">The queue that wants to know, or null for all that may not have the end yet.</param>
public sealed record TwinsProcess(CommandKey Key, QueueKey Leader, CommandKey Batch, QueueKey? Other) : Process(Key)
{
    /// <inheritdoc/>
    public override Progress After(IReadOnlyList<Reply> replies) => CarryingTwins.Next(this, new Replies(replies));
}

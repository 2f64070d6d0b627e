using EOrda.Queues.Steps;

namespace EOrda.Queues.Country;

/// <summary>The replies that came so far in a process, taken one after another in the order of its steps.</summary>
internal sealed class Replies(IReadOnlyList<Reply> replies)
{
    private int taken;

    /// <summary>The next reply, or null when its step is still to be asked.</summary>
    public Reply? Next() => taken < replies.Count ? replies[taken++] : null;

    /// <summary>The next reply where only one kind can come, or null when its step is still to be asked.</summary>
    /// <exception cref="InvalidOperationException">Another kind came.</exception>
    public T? Next<T>()
        where T : Reply =>
        Next() switch
        {
            null => null,
            T reply => reply,
            var other => throw new InvalidOperationException($"{other.GetType().Name} came where {typeof(T).Name} was due."),
        };
}

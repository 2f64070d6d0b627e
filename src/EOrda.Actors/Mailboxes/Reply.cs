using System.Threading.Tasks.Sources;

namespace EOrda.Actors.Mailboxes;

/// <summary>A message with an answer that somebody awaits.</summary>
internal abstract class Reply<T> : Message, IValueTaskSource<T>
{
    private ManualResetValueTaskSourceCore<T> source;
    private T? value;

    /// <summary>The answer to come. To be awaited once.</summary>
    public ValueTask<T> Task => new(this, source.Version);

    /// <summary>The answer that was set.</summary>
    protected T Given => value!;

    /// <summary>Sets the answer that goes out when the disk has everything.</summary>
    protected void Answer(T answer) => value = answer;

    /// <inheritdoc/>
    public override void Release() => source.SetResult(value!);

    /// <inheritdoc/>
    public override void Fail(Exception fault) => source.SetException(fault);

    T IValueTaskSource<T>.GetResult(short token) => source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => source.GetStatus(token);

    void IValueTaskSource<T>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        source.OnCompleted(continuation, state, token, flags);
}

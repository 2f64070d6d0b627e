using System.Collections.Immutable;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace EOrda.Actors.Persistence.Tests.Watching;

/// <summary>A journal in memory that holds pages back, or fails them, when a test says so.</summary>
internal sealed class HeldJournal : MemoryJournal
{
    private volatile TaskCompletionSource? held;

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        if (held is { } gate)
        {
            await gate.Task.WaitAsync(TimeSpan.FromMinutes(2), cancellationToken);
        }

        return await base.WriteMessagesAsync(messages, cancellationToken);
    }

    protected override bool ReceivePluginInternal(object message)
    {
        switch (message)
        {
            case Hold:
                held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                break;
            case LetGo:
                held?.TrySetResult();
                held = null;
                break;
            case FailHeld:
                held?.TrySetException(new IOException("The disk has failed."));
                held = null;
                break;
            default:
                return base.ReceivePluginInternal(message);
        }

        Sender.Tell(message, Self);
        return true;
    }

    internal sealed record Hold;

    internal sealed record LetGo;

    internal sealed record FailHeld;
}

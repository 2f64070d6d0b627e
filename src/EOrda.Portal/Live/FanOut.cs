using Microsoft.AspNetCore.SignalR;

namespace EOrda.Portal.Live;

/// <summary>
/// Sends updates to audiences, one group after the other, of all feeds together: the next group gets its turn when the thread pool has come to its end three
/// times after the one before. So ten thousand sends never stand before a parent's claim, and a machine that is out of breath sends less often, and more at once.
/// </summary>
internal sealed partial class FanOut(IHubContext<LiveHub> hub, ILogger<FanOut> logger) : IDisposable
{
    /// <summary>The hub's method that browsers receive updates with: one update an argument, in their order.</summary>
    public const string UpdateMethod = "update";

    // So often the pool must have come to its end before the next group is sent to: the more there is to do, the more of it goes before. In a quiet moment it costs
    // next to nothing. With one pass claims wait a third longer in a rush; with eight browsers hear so late that they press again.
    private const int Passes = 3;

    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Waits for a turn and sends a group of an audience what it has still to be told. Done when that was handed to the sockets.</summary>
    /// <param name="audience">The audience.</param>
    /// <param name="prepare">Called when the turn has come, so that what is sent is as fresh as can be.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="OperationCanceledException">Nobody is left to send to.</exception>
    public async Task SendNextAsync(Audience audience, Action prepare, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            prepare();
            if (audience.TryTake(out var group, out var messages))
            {
                Send(group, messages, cancel);
                for (var pass = 0; pass < Passes; pass++)
                {
                    await new EndOfPoolQueue().Reached;
                }
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    /// <summary>Sends without waiting: one slow browser must not hold the others up, and is cut off by the transport.</summary>
    private void Send(string group, LiveMessage[] messages, CancellationToken cancel)
    {
        var sending = hub.Clients.Group(group).SendCoreAsync(UpdateMethod, messages, cancel);
        if (!sending.IsCompletedSuccessfully)
        {
            _ = ObserveAsync(group, sending);
        }
    }

    private async Task ObserveAsync(string group, Task sending)
    {
        try
        {
            await sending;
        }
#pragma warning disable CA1031 // A browser that could not be reached is the transport's to close.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotSent(group, e.Message);
        }
    }

    [LoggerMessage(122, LogLevel.Debug, "An update to {Group} did not reach a browser: {Reason}")]
    private partial void LogNotSent(string group, string reason);

    /// <summary>Work that does nothing, queued behind everything that the pool has to do now: when it runs, the rest has begun.</summary>
    private sealed class EndOfPoolQueue : IThreadPoolWorkItem
    {
        private readonly TaskCompletionSource reached = new();

        public Task Reached
        {
            get
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return reached.Task;
            }
        }

        public void Execute() => reached.SetResult();
    }
}

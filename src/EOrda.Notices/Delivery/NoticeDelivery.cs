using System.Security.Cryptography;
using System.Text;
using EOrda.Notices.Gateways;
using EOrda.Notices.Storage;
using EOrda.Notices.Texts;
using Microsoft.Extensions.Logging;

namespace EOrda.Notices.Delivery;

/// <summary>Sends what waits by one channel, one batch after the other. No transaction is open while a gateway is spoken to.</summary>
internal sealed partial class NoticeDelivery(
    Messenger messenger,
    DeliveryQueue queue,
    IAddressees addressees,
    DeliveryOptions options,
    TimeProvider clock,
    ILogger log)
{
    /// <summary>After a fault the gateway is let alone for so long: what is wrong with one message is most often wrong with the next.</summary>
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(5);

    private readonly SendingPace _pace = new(options.PerSecond, clock);

    /// <summary>Sends one batch.</summary>
    /// <returns>How many messages were taken on; 0 when nothing is due or the gateway is let alone.</returns>
    public async Task<int> DeliverAsync(CancellationToken cancellation)
    {
        if (_pace.IsPaused)
            return 0;
        var batch = await queue.TakeAsync(messenger.Channel, options.Batch, cancellation);
        if (batch.Count == 0)
            return 0;
        try
        {
            await SendAsync(batch, cancellation);
        }
        finally
        {
            // Also when the node stops: what was sent must not be sent again.
            await queue.WriteAsync(batch, CancellationToken.None);
        }

        return batch.Count;
    }

    private async Task SendAsync(IReadOnlyList<DeliveryRow> batch, CancellationToken cancellation)
    {
        var people = await addressees.FindAsync([.. batch.Select(row => row.Notice!.Addressee).Distinct(StringComparer.Ordinal)], cancellation);
        var latest = clock.GetUtcNow() + (DeliveryQueue.TakenFor / 2);
        var sending = new ParallelOptions { MaxDegreeOfParallelism = options.AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(batch, sending, async (row, stop) =>
        {
            // What is not sent now stays as it was, and is taken again.
            if (!_pace.IsPaused && clock.GetUtcNow() < latest)
                await SendAsync(row, people.GetValueOrDefault(row.Notice!.Addressee), stop);
        });
    }

    private async Task SendAsync(DeliveryRow row, Addressee? addressee, CancellationToken cancellation)
    {
        if (row.Until <= clock.GetUtcNow().ToUnixTimeMilliseconds())
        {
            (row.State, row.Fault) = (DeliveryState.GivenUp, row.Fault ?? "too-late");
            return;
        }

        var texts = NoticeTexts.All.TextsOf(NoticeTexts.All.KindOf(row.Notice!.Kind));
        if (addressee is null)
        {
            (row.State, row.Fault) = (DeliveryState.Unreachable, "no-addressee");
            return;
        }

        if (!messenger.Wants(addressee, texts.Traits))
        {
            row.State = DeliveryState.NotWanted;
            return;
        }

        if (!messenger.HasAddress(addressee))
        {
            (row.State, row.Fault) = (DeliveryState.Unreachable, "no-address");
            return;
        }

        await _pace.WaitAsync(cancellation);
        Note(row, await messenger.SendAsync(row, texts, addressee, cancellation));
    }

    private void Note(DeliveryRow row, SendResult result)
    {
        row.Attempts++;
        row.Fault = result.Fault;
        row.IsUnsure |= result.Outcome == SendOutcome.Unknown;
        switch (result.Outcome)
        {
            case SendOutcome.Accepted:
                row.State = DeliveryState.Accepted;
                break;
            case SendOutcome.Unreachable:
                row.State = DeliveryState.Unreachable;
                break;
            default:
                TryLater(row, result);
                break;
        }
    }

    private void TryLater(DeliveryRow row, SendResult result)
    {
        var wait = Backoff.After(row.Attempts);
        wait = result.After is { } asked && asked > wait ? asked : wait;
        row.NextAt = clock.GetUtcNow().Add(wait).ToUnixTimeMilliseconds();
        if (row.NextAt >= row.Until)
            row.State = DeliveryState.GivenUp;
        _pace.Pause(result.After ?? PauseAfterFault);
        LogFault(log, messenger.Channel, row.Id, row.Attempts, result.Fault ?? "", result.Outcome);
    }

    /// <summary>The id of a message: the same in every attempt, and after a restored backup too, since it follows from the fact.</summary>
    public static string MessageIdOf(DeliveryRow row) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{row.Notice!.Fact} {row.Channel}")))[..32];

    [LoggerMessage(310, LogLevel.Warning, "The gateway of {Channel} did not take message {Delivery} (attempt {Attempt}): {Fault}, {Outcome}. It is tried again.")]
    private static partial void LogFault(ILogger log, Channel channel, long delivery, int attempt, string fault, SendOutcome outcome);
}

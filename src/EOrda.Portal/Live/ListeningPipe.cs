using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;

namespace EOrda.Portal.Live;

/// <summary>
/// What a browser sends, on its way to the hub. Notes when something came, and lets messages through as fast as they may come: whatever they are, before they are
/// parsed. Beyond that the hub is told to stop reading, and closes the connection.
/// </summary>
/// <param name="input">What the browser sends.</param>
/// <param name="limits">The bounds.</param>
/// <param name="mayCall">Takes one call of the browser's address; false when there is none left.</param>
/// <param name="cutOff">Told once when more came than may.</param>
internal sealed class ListeningPipe(PipeReader input, LiveLimits limits, Func<bool> mayCall, Action cutOff) : PipeReader
{
    private const byte EndOfMessage = 0x1E;

    private readonly long perCall = Stopwatch.Frequency / limits.CallRate;
    private ReadOnlySequence<byte> latest;
    private long heard = Stopwatch.GetTimestamp();
    private long fullAt;
    private long kept;
    private bool isCutOff;

    /// <summary>For how long nothing has come.</summary>
    public TimeSpan Silence => Stopwatch.GetElapsedTime(Volatile.Read(ref heard));

    /// <inheritdoc/>
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => Listen(await input.ReadAsync(cancellationToken));

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        if (!input.TryRead(out result))
        {
            return false;
        }

        result = Listen(result);
        return true;
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        kept = latest.Slice(consumed).Length;
        latest = default;
        input.AdvanceTo(consumed, examined);
    }

    /// <inheritdoc/>
    public override void CancelPendingRead() => input.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => input.Complete(exception);

    private ReadResult Listen(ReadResult result)
    {
        latest = result.Buffer;
        if (latest.Length > kept)
        {
            Volatile.Write(ref heard, Stopwatch.GetTimestamp());
            isCutOff = isCutOff || !Take(Math.Max(1, CountMessages(latest.Slice(kept))));
        }

        return isCutOff ? new ReadResult(result.Buffer, isCanceled: true, result.IsCompleted) : result;
    }

    private bool Take(int messages)
    {
        // "Full at" lies as far in the future as calls are missing.
        var full = Math.Max(heard, fullAt) + (messages * perCall);
        if (full - heard <= perCall * limits.CallBurst)
        {
            fullAt = full;
            while (messages > 0 && mayCall())
            {
                messages--;
            }

            if (messages == 0)
            {
                return true;
            }
        }

        cutOff();
        return false;
    }

    private static int CountMessages(in ReadOnlySequence<byte> bytes)
    {
        var count = 0;
        foreach (var piece in bytes)
        {
            count += piece.Span.Count(EndOfMessage);
        }

        return count;
    }
}

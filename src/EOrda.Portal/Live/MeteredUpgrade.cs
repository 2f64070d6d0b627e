using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace EOrda.Portal.Live;

/// <summary>
/// Bounds the bytes that come on a live connection, below WebSocket's frames: frames that are empty, or pings and pongs, reach nobody above and cost the server all the
/// same. A connection may bring as many messages of full size as it may make calls, at once and a second.
/// </summary>
internal sealed class MeteredUpgrade(IHttpUpgradeFeature upgrade, LiveLimits limits, Action cutOff) : IHttpUpgradeFeature
{
    /// <inheritdoc/>
    public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

    /// <summary>Has the request's connection metered once it is upgraded.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limits">The bounds.</param>
    /// <param name="cutOff">Told once when more came than may.</param>
    public static void Around(HttpContext context, LiveLimits limits, Action cutOff)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { } upgrade)
        {
            context.Features.Set<IHttpUpgradeFeature>(new MeteredUpgrade(upgrade, limits, cutOff));
        }

        if (context.Features.Get<IHttpExtendedConnectFeature>() is { } connect)
        {
            context.Features.Set<IHttpExtendedConnectFeature>(new MeteredConnect(connect, limits, cutOff));
        }
    }

    /// <inheritdoc/>
    public async Task<Stream> UpgradeAsync() => new Metered(await upgrade.UpgradeAsync(), limits, cutOff);

    private sealed class MeteredConnect(IHttpExtendedConnectFeature connect, LiveLimits limits, Action cutOff) : IHttpExtendedConnectFeature
    {
        public bool IsExtendedConnect => connect.IsExtendedConnect;

        public string? Protocol => connect.Protocol;

        public async ValueTask<Stream> AcceptAsync() => new Metered(await connect.AcceptAsync(), limits, cutOff);
    }

    private sealed class Metered(Stream inner, LiveLimits limits, Action cutOff) : Stream
    {
        // What a frame's head takes at most.
        private const int FrameHead = 14;

        private readonly double bytesPerTick = (double)limits.CallRate * (limits.Message + FrameHead) / Stopwatch.Frequency;
        private readonly double most = (double)limits.CallBurst * (limits.Message + FrameHead);
        private long heard = Stopwatch.GetTimestamp();
        private double missing;

        public override bool CanRead => inner.CanRead;

        public override bool CanSeek => false;

        public override bool CanWrite => inner.CanWrite;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await inner.ReadAsync(buffer, cancellationToken));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            inner.WriteAsync(buffer, offset, count, cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }

        private int Count(int read)
        {
            var now = Stopwatch.GetTimestamp();
            missing = Math.Max(0, missing - ((now - heard) * bytesPerTick)) + read;
            heard = now;
            if (missing <= most)
            {
                return read;
            }

            cutOff();
            throw new IOException("More came on a live connection than may.");
        }
    }
}

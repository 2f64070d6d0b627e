using System.Net.Sockets;

namespace EOrda.Load.Live;

/// <summary>
/// A socket as a stream that reads as much as is there into a small buffer of its own. A WebSocket asks for a frame's head and its content one after the
/// other; with thousands of sockets in a process, one call to the system for both is worth the buffer.
/// </summary>
internal sealed class ReadAhead(Socket socket) : Stream
{
    private const int BufferBytes = 2_048;

    private readonly byte[] buffer = new byte[BufferBytes];
    private int start;
    private int end;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (start < end)
        {
            return ValueTask.FromResult(Take(buffer));
        }

        // Large pieces go where they are wanted.
        return buffer.Length >= BufferBytes
            ? socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken)
            : FillAsync(buffer, cancellationToken);
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            buffer = buffer[await socket.SendAsync(buffer, SocketFlags.None, cancellationToken)..];
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            socket.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> FillAsync(Memory<byte> wanted, CancellationToken cancel)
    {
        start = 0;
        end = await socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, cancel);
        return Take(wanted);
    }

    private int Take(Memory<byte> wanted)
    {
        var count = Math.Min(wanted.Length, end - start);
        buffer.AsSpan(start, count).CopyTo(wanted.Span);
        start += count;
        return count;
    }
}

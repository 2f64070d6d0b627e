using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace EOrda.Load.Live;

/// <summary>
/// The frames of an open WebSocket (RFC 6455, section 5), on the client's side. Messages are handed on where they lie in the buffer that the system wrote
/// them to: with ten thousand sockets in a process, one call to the system and one wake-up a message is what counts.
/// </summary>
/// <param name="socket">The connection, upgraded.</param>
internal sealed class WebSocketFrames(Socket socket) : IDisposable
{
    private const int FirstBuffer = 2_048;
    private const int LargestMessage = 4 << 20;
    private const int MaskBytes = 4;
    private const byte Final = 0x80;
    private const byte Masked = 0x80;
    private const byte Continuation = 0;
    private const byte Text = 1;
    private const byte Close = 8;
    private const int TwoByteLength = 126;
    private const int EightByteLength = 127;

    private readonly SemaphoreSlim sending = new(1);
    private byte[] buffer = new byte[FirstBuffer];
    private int start;
    private int end;
    private int wanted;
    private ArrayBufferWriter<byte>? parts;

    /// <summary>Sends a text.</summary>
    /// <exception cref="IOException">The connection has ended.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> text, CancellationToken cancel)
    {
        var frame = FrameOf(text.Span);
        await sending.WaitAsync(cancel);
        try
        {
            for (var left = frame.AsMemory(); left.Length > 0; left = left[await socket.SendAsync(left, SocketFlags.None, cancel)..])
            {
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new IOException("the connection has ended", e);
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Hands on every message of text, valid only meanwhile, until one is refused or the connection ends.</summary>
    /// <param name="message">Takes a message; false ends the receiving.</param>
    /// <exception cref="IOException">A message is larger than any that the hub may send, or what comes are no frames.</exception>
    public async Task ReceiveAsync(Func<ReadOnlySpan<byte>, bool> message)
    {
        try
        {
            while (Take(message))
            {
                MakeRoom();

                // Whoever wants it to end disposes of the socket; a token would be registered anew for each message.
                var received = await socket.ReceiveAsync(buffer.AsMemory(end), SocketFlags.None);
                if (received == 0)
                {
                    return;
                }

                end += received;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Ended without a farewell.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    /// <summary>Takes the whole frames out that are there. False when no more are wanted.</summary>
    private bool Take(Func<ReadOnlySpan<byte>, bool> message)
    {
        while (TryFrame(out var kind, out var isFinal, out var content))
        {
            switch (kind)
            {
                case Close:
                    return false;
                case Text or Continuation when isFinal && parts is null:
                    if (!message(content))
                    {
                        return false;
                    }

                    break;
                case Text or Continuation:
                    Append(content);
                    if (isFinal)
                    {
                        var whole = parts!.WrittenSpan;
                        parts = null;
                        if (!message(whole))
                        {
                            return false;
                        }
                    }

                    break;
            }
        }

        return true;
    }

    /// <summary>The next frame, when all of it is there. A server's frames are not masked.</summary>
    private bool TryFrame(out int kind, out bool isFinal, out ReadOnlySpan<byte> content)
    {
        var there = buffer.AsSpan(start..end);
        kind = 0;
        isFinal = false;
        content = default;
        if (there.Length < 2)
        {
            return false;
        }

        var (head, length) = (2, (long)there[1]);
        if (length is TwoByteLength or EightByteLength)
        {
            head = length == TwoByteLength ? 4 : 10;
            if (there.Length < head)
            {
                return false;
            }

            length = head == 4 ? BinaryPrimitives.ReadUInt16BigEndian(there[2..]) : BinaryPrimitives.ReadInt64BigEndian(there[2..]);
        }

        if (length is < 0 or > LargestMessage || (there[1] & Masked) != 0)
        {
            throw new IOException("a message is too large, or no message");
        }

        wanted = head + (int)length;
        if (there.Length < wanted)
        {
            return false;
        }

        kind = there[0] & 0x0F;
        isFinal = (there[0] & Final) != 0;
        content = there[head..wanted];
        start += wanted;
        wanted = 0;
        return true;
    }

    private void Append(ReadOnlySpan<byte> content)
    {
        parts ??= new ArrayBufferWriter<byte>(FirstBuffer);
        if (parts.WrittenCount + content.Length > LargestMessage)
        {
            throw new IOException("a message is too large");
        }

        parts.Write(content);
    }

    /// <summary>Makes room behind what is there for the rest of its frame. Nothing large is held while nothing comes.</summary>
    private void MakeRoom()
    {
        var there = end - start;
        var size = Math.Max(FirstBuffer, wanted);
        if (buffer.Length != size)
        {
            var other = new byte[size];
            buffer.AsSpan(start, there).CopyTo(other);
            buffer = other;
        }
        else
        {
            buffer.AsSpan(start, there).CopyTo(buffer);
        }

        (start, end) = (0, there);
    }

    /// <summary>A client's frame: the content is masked.</summary>
    private static byte[] FrameOf(ReadOnlySpan<byte> text)
    {
        var head = text.Length < TwoByteLength ? 2 : 4;
        var frame = new byte[head + MaskBytes + text.Length];
        frame[0] = Final | Text;
        if (head == 2)
        {
            frame[1] = (byte)(Masked | text.Length);
        }
        else
        {
            frame[1] = Masked | TwoByteLength;
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), checked((ushort)text.Length));
        }

        var mask = frame.AsSpan(head, MaskBytes);
        RandomNumberGenerator.Fill(mask);
        for (var i = 0; i < text.Length; i++)
        {
            frame[head + MaskBytes + i] = (byte)(text[i] ^ mask[i % MaskBytes]);
        }

        return frame;
    }
}

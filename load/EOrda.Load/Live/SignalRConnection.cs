using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using EOrda.Load.Portal;

namespace EOrda.Load.Live;

/// <summary>
/// A connection to the hub by SignalR's public protocol with JSON: negotiation, WebSocket, handshake, then records that end with the byte 0x1E.
/// What is received is handed on one record at a time, and is valid only meanwhile.
/// </summary>
internal sealed class SignalRConnection : IAsyncDisposable
{
    /// <summary>The record that says that one is still there; to be sent at least every 30 seconds.</summary>
    public static readonly ReadOnlyMemory<byte> Ping = "{\"type\":6}\u001e"u8.ToArray();

    private const byte End = 0x1E;
    private const int FirstBuffer = 4_096;
    private const int LargestMessage = 4 << 20;
    private static readonly ReadOnlyMemory<byte> Handshake = "{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray();

    private readonly WebSocket socket;
    private readonly SemaphoreSlim sending = new(1);

    private SignalRConnection(WebSocket socket) => this.socket = socket;

    /// <summary>Opens a connection as far as the handshake's answer.</summary>
    /// <exception cref="IOException">It does not come about.</exception>
    public static async Task<SignalRConnection> OpenAsync(PortalApi api, string hub, CancellationToken cancel)
    {
        var negotiation = await api.SendAsync(HttpMethod.Post, $"{hub}/negotiate?negotiateVersion=1", cancel: cancel);
        if (negotiation.Status != 200)
        {
            throw new IOException($"negotiate: {negotiation.Status} {negotiation.Failure ?? negotiation.Reason}");
        }

        var token = negotiation.Read(ContractsJson.Default.NegotiationAnswer).ConnectionToken;
        var connection = new SignalRConnection(await WebSocketOpening.OpenAsync(api.Address, $"{hub}?id={Uri.EscapeDataString(token)}", cancel));
        try
        {
            await connection.SendAsync(Handshake, cancel);
            var answer = new byte[256];
            var received = await connection.socket.ReceiveAsync(answer.AsMemory(), cancel);
            if (!answer.AsSpan(0, received.Count).SequenceEqual("{}\u001e"u8))
            {
                throw new IOException($"handshake: {Encoding.UTF8.GetString(answer, 0, received.Count)}");
            }

            return connection;
        }
        catch (Exception e)
        {
            await connection.DisposeAsync();
            if (e is WebSocketException fault)
            {
                throw new IOException($"handshake: {fault.WebSocketErrorCode}", fault);
            }

            throw;
        }
    }

    /// <summary>Sends whole records.</summary>
    /// <exception cref="IOException">The connection has ended.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> records, CancellationToken cancel)
    {
        await sending.WaitAsync(cancel);
        try
        {
            await socket.SendAsync(records, WebSocketMessageType.Text, endOfMessage: true, cancel);
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            throw new IOException("the connection has ended", e);
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Calls a method of the hub; its answer comes with the number.</summary>
    public ValueTask InvokeAsync(string method, string argument, int number, CancellationToken cancel) =>
        SendAsync(Encoding.UTF8.GetBytes($"{{\"type\":1,\"invocationId\":\"{number}\",\"target\":\"{method}\",\"arguments\":[\"{argument}\"]}}\u001e"), cancel);

    /// <summary>Hands on every record, without its last byte, until the connection ends.</summary>
    /// <param name="record">Takes a record; keeps nothing of it.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="IOException">A message is larger than any that the hub may send.</exception>
    public async Task ReceiveAsync(Action<ReadOnlySpan<byte>> record, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                // Nothing is held while nothing comes.
                await socket.ReceiveAsync(Memory<byte>.Empty, cancel);
                if (!await MessageAsync(record, cancel))
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Ended without a farewell.
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<bool> MessageAsync(Action<ReadOnlySpan<byte>> record, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var length = 0;
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(length), cancel);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return false;
                }

                length += received.Count;
                if (received.EndOfMessage)
                {
                    Split(buffer.AsSpan(0, length), record);
                    return true;
                }

                if (length == buffer.Length)
                {
                    buffer = Larger(buffer);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Larger(byte[] buffer)
    {
        if (buffer.Length >= LargestMessage)
        {
            throw new IOException("a message is too large");
        }

        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger.AsSpan());
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static void Split(ReadOnlySpan<byte> message, Action<ReadOnlySpan<byte>> record)
    {
        while (message.IndexOf(End) is var end and >= 0)
        {
            record(message[..end]);
            message = message[(end + 1)..];
        }
    }
}

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
    private static readonly ReadOnlyMemory<byte> Handshake = "{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray();

    private readonly WebSocketFrames frames;

    private SignalRConnection(WebSocketFrames frames) => this.frames = frames;

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

        // Whoever gives up while the hub is silent closes the connection.
        await using var patience = cancel.Register(connection.frames.Dispose);
        try
        {
            await connection.SendAsync(Handshake, cancel);
            var answer = "the connection has ended";
            await connection.frames.ReceiveAsync(message =>
            {
                answer = Encoding.UTF8.GetString(message);
                return false;
            });
            return answer == "{}\u001e" ? connection : throw new IOException($"handshake: {answer}");
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends whole records.</summary>
    /// <exception cref="IOException">The connection has ended.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> records, CancellationToken cancel) => frames.SendAsync(records, cancel);

    /// <summary>Calls a method of the hub; its answer comes with the number.</summary>
    public ValueTask InvokeAsync(string method, string argument, int number, CancellationToken cancel) =>
        SendAsync(Encoding.UTF8.GetBytes($"{{\"type\":1,\"invocationId\":\"{number}\",\"target\":\"{method}\",\"arguments\":[\"{argument}\"]}}\u001e"), cancel);

    /// <summary>Hands on every record, without its last byte, until the connection ends or is disposed of.</summary>
    /// <param name="record">Takes a record; keeps nothing of it.</param>
    /// <exception cref="IOException">A message is larger than any that the hub may send.</exception>
    public Task ReceiveAsync(Action<ReadOnlySpan<byte>> record) => frames.ReceiveAsync(message =>
    {
        while (message.IndexOf(End) is var end and >= 0)
        {
            record(message[..end]);
            message = message[(end + 1)..];
        }

        return true;
    });

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        frames.Dispose();
        return ValueTask.CompletedTask;
    }
}

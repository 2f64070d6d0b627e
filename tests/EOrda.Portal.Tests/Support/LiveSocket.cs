using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace EOrda.Portal.Tests.Support;

/// <summary>A browser's live connection, spoken by hand: a WebSocket and SignalR's JSON protocol.</summary>
internal sealed class LiveSocket : IAsyncDisposable
{
    private const byte EndOfMessage = 0x1E;
    private const int Ping = 6;
    private readonly ClientWebSocket socket = new();
    private readonly List<byte> received = [];
    private readonly Queue<JsonElement> updates = new();
    private int invocations;

    /// <summary>Connects and says nothing.</summary>
    public static async Task<LiveSocket> OpenAsync(TestPortal portal, params (string Name, string Value)[] headers)
    {
        var live = new LiveSocket();
        foreach (var (name, value) in headers)
        {
            live.socket.Options.SetRequestHeader(name, value);
        }

        await live.socket.ConnectAsync(new Uri(portal.Http.BaseAddress!.ToString().Replace("http:", "ws:", StringComparison.Ordinal) + "live"), CancellationToken.None);
        return live;
    }

    /// <summary>Connects and shakes hands.</summary>
    public static async Task<LiveSocket> ConnectAsync(TestPortal portal, params (string Name, string Value)[] headers)
    {
        var live = await OpenAsync(portal, headers);
        await live.SendAsync("""{"protocol":"json","version":1}""");
        await live.ReceiveAsync();
        return live;
    }

    /// <summary>Calls a method of the hub, and gives its result. Updates that come before it are kept.</summary>
    public async Task<JsonElement> InvokeAsync(string method, string argument)
    {
        var answer = await AskAsync(method, argument);
        if (answer.TryGetProperty("error", out var error))
        {
            throw new InvalidOperationException(error.GetString());
        }

        var result = answer.GetProperty("result");
        return result.TryGetProperty("refused", out var refused) ? throw new InvalidOperationException(refused.GetString()) : result;
    }

    /// <summary>Calls a method of the hub that gives nothing.</summary>
    public Task<JsonElement> DoAsync(string method, string argument) => AskAsync(method, argument);

    /// <summary>The next update.</summary>
    public async Task<JsonElement> UpdateAsync()
    {
        while (updates.Count == 0)
        {
            Keep(await ReceiveAsync());
        }

        return updates.Dequeue();
    }

    /// <summary>Waits until the portal says that it is still there.</summary>
    public async Task PingedAsync()
    {
        while ((await ReceiveAsync().WaitAsync(TimeSpan.FromMinutes(1))) is var message && message.GetProperty("type").GetInt32() != Ping)
        {
            Keep(message);
        }
    }

    /// <summary>Sends text as one message of the protocol.</summary>
    public async Task SendAsync(string text) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(text + (char)EndOfMessage), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>Reads until the portal closes.</summary>
    public async Task ClosedAsync()
    {
        while (await FillAsync().WaitAsync(TimeSpan.FromMinutes(1)))
        {
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<JsonElement> AskAsync(string method, string argument)
    {
        var id = $"{++invocations}";
        await SendAsync($$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":["{{argument}}"]}""");
        while (true)
        {
            var message = await ReceiveAsync();
            if (message.TryGetProperty("invocationId", out var answered) && answered.GetString() == id)
            {
                return message;
            }

            Keep(message);
        }
    }

    private void Keep(JsonElement message)
    {
        if (message.TryGetProperty("target", out var target) && target.GetString() == "update")
        {
            foreach (var update in message.GetProperty("arguments").EnumerateArray())
            {
                updates.Enqueue(update);
            }
        }
    }

    private async Task<JsonElement> ReceiveAsync()
    {
        int end;
        while ((end = received.IndexOf(EndOfMessage)) < 0)
        {
            if (!await FillAsync())
            {
                throw new InvalidOperationException("The portal closed the connection.");
            }
        }

        var message = JsonDocument.Parse(received.GetRange(0, end).ToArray()).RootElement;
        received.RemoveRange(0, end + 1);
        return message;
    }

    private async Task<bool> FillAsync()
    {
        var buffer = new byte[16 * 1024];
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            var read = await socket.ReceiveAsync(buffer, limit.Token);
            received.AddRange(buffer.AsSpan(0, read.Count));
            return read.MessageType != WebSocketMessageType.Close;
        }
        catch (WebSocketException)
        {
            return false;
        }
    }
}

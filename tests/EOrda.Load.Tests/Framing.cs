using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using EOrda.Load.Live;
using Xunit;

namespace EOrda.Load.Tests;

/// <summary>The tool's frames against those of the framework's WebSocket at the other end.</summary>
public sealed class Framing : IAsyncLifetime
{
    private WebSocketFrames? frames;
    private WebSocket? server;

    public async Task InitializeAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.LocalEndpoint);
        var accepted = await listener.AcceptTcpClientAsync();
        frames = new WebSocketFrames(socket);
        server = WebSocket.CreateFromStream(accepted.GetStream(), new WebSocketCreationOptions { IsServer = true });
    }

    public Task DisposeAsync()
    {
        frames!.Dispose();
        server!.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(2_047)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(1_000_000)]
    public async Task Messages_of_any_length_are_received_whole(int length)
    {
        var sent = new[] { new string('a', length), "next", new string('b', length) };
        var sending = Task.Run(async () =>
        {
            foreach (var text in sent)
            {
                await SayAsync(text, isFinal: true);
            }
        });
        Assert.Equal(sent, await ReceivedAsync(sent.Length));
        await sending;
    }

    [Fact]
    public async Task A_message_in_several_frames_is_put_together()
    {
        await SayAsync("one ", isFinal: false);
        await SayAsync("message ", isFinal: false);
        await SayAsync("in three frames", isFinal: true);
        await SayAsync("and another", isFinal: true);
        Assert.Equal(["one message in three frames", "and another"], await ReceivedAsync(2));
    }

    [Fact]
    public async Task A_farewell_ends_the_receiving()
    {
        await server!.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "the end", CancellationToken.None);
        Assert.Empty(await ReceivedAsync(1));
    }

    [Fact]
    public async Task A_frame_larger_than_any_of_the_hubs_is_refused()
    {
        var sending = SayAsync(new string('x', 5_000_000), isFinal: true);
        await Assert.ThrowsAsync<IOException>(() => ReceivedAsync(1));
        frames!.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => sending);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(60_000)]
    public async Task What_is_sent_arrives_as_it_was(int length)
    {
        var text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + i % 26)));
        await frames!.SendAsync(Encoding.UTF8.GetBytes(text), CancellationToken.None);
        var buffer = new byte[length + 1];
        var received = 0;
        ValueWebSocketReceiveResult result;
        do
        {
            result = await server!.ReceiveAsync(buffer.AsMemory(received), CancellationToken.None);
            received += result.Count;
        }
        while (!result.EndOfMessage);
        Assert.Equal(text, Encoding.UTF8.GetString(buffer, 0, received));
    }

    private Task SayAsync(string text, bool isFinal) =>
        server!.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, isFinal, CancellationToken.None);

    private async Task<List<string>> ReceivedAsync(int count)
    {
        var received = new List<string>();
        await frames!.ReceiveAsync(message =>
        {
            received.Add(Encoding.UTF8.GetString(message));
            return received.Count < count;
        });
        return received;
    }
}

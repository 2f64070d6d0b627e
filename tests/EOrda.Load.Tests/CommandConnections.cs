using System.Net;
using System.Net.Sockets;
using System.Text;
using EOrda.Load.Portal;
using Xunit;

namespace EOrda.Load.Tests;

/// <summary>The connections that commands go over, against a server that says what a test wants.</summary>
public sealed class CommandConnections : IDisposable
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly RawConnections connections;
    private int accepted;

    public CommandConnections()
    {
        listener.Start();
        connections = Make(count: 2, TimeSpan.FromSeconds(30));
    }

    public void Dispose()
    {
        connections.Dispose();
        listener.Dispose();
    }

    [Fact]
    public async Task What_is_sent_and_what_is_answered()
    {
        var sent = "";
        Serve(request =>
        {
            sent = request;
            return "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nContent-Length: 17\r\n\r\n{\"reason\":\"busy\"}";
        });
        var reply = await connections.SendAsync("POST", "/api/x", "s3cret", "key-1", "{\"place\":\"p\"}"u8.ToArray(), CancellationToken.None);
        Assert.StartsWith("POST /api/x HTTP/1.1\r\n", sent, StringComparison.Ordinal);
        Assert.Contains("\r\nAuthorization: Bearer s3cret\r\nIdempotency-Key: key-1\r\n", sent, StringComparison.Ordinal);
        Assert.EndsWith("\r\nContent-Length: 13\r\n\r\n{\"place\":\"p\"}", sent, StringComparison.Ordinal);
        Assert.Equal((503, "busy", TimeSpan.FromSeconds(2)), (reply.Status, reply.Reason, reply.RetryAfter));
    }

    [Fact]
    public async Task An_answer_in_pieces_is_put_together()
    {
        Serve(_ => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{\"a\":1}\r\n0\r\n\r\n");
        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString((await AskAsync(connections)).Body));
    }

    [Fact]
    public async Task Connections_are_used_again_and_there_are_no_more_than_were_asked_for()
    {
        Serve(_ => Ok);
        await connections.WarmAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync(connections)));
        Assert.All(replies, reply => Assert.Equal(200, reply.Status));
        Assert.Equal(2, accepted);
    }

    [Fact]
    public async Task One_that_is_closed_is_an_answer_with_the_status_0_and_is_opened_anew()
    {
        var first = true;
        Serve(_ => Interlocked.Exchange(ref first, false) ? null : Ok);
        var lost = await AskAsync(connections);
        Assert.Equal((0, true), (lost.Status, lost.Failure!.StartsWith("no answer", StringComparison.Ordinal)));
        Assert.Equal(200, (await AskAsync(connections)).Status);
    }

    [Theory]
    [InlineData("HTTP/1.1 what\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("HTTP/1.1 503 Busy\r\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{\"\r\n5\r\na\":1}\r\n0\r\n\r\n")]
    public async Task What_cannot_be_read_is_not_taken_for_the_next_answer(string nonsense)
    {
        var first = true;
        Serve(_ => Interlocked.Exchange(ref first, false) ? nonsense : Ok);
        var reply = await AskAsync(connections);
        Assert.Equal((0, "an answer cannot be read"), (reply.Status, reply.Failure));
        Assert.Equal("{}", Encoding.UTF8.GetString((await AskAsync(connections)).Body));
        Assert.Equal(2, accepted);
    }

    [Fact]
    public async Task A_portal_that_is_not_there_is_an_answer_with_the_status_0()
    {
        listener.Stop();
        var reply = await AskAsync(connections);
        Assert.Equal((0, "connect: ConnectionRefused"), (reply.Status, reply.Failure));
    }

    [Fact]
    public async Task One_that_does_not_answer_is_given_up()
    {
        Serve(_ => "");
        using var impatient = Make(count: 1, TimeSpan.FromMilliseconds(50));
        var reply = await AskAsync(impatient);
        Assert.Equal(0, reply.Status);
        Assert.StartsWith("no answer", reply.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_too_long_is_not_sent()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => connections.SendAsync("POST", "/api/x", "s", "k", new byte[RawRequest.Largest], CancellationToken.None));
        Assert.Equal(0, accepted);
    }

    private static Task<Reply> AskAsync(RawConnections over) => over.SendAsync("DELETE", "/api/x", "s", "k", ReadOnlyMemory<byte>.Empty, CancellationToken.None);

    private RawConnections Make(int count, TimeSpan patience) => new(new Uri($"http://{listener.LocalEndpoint}"), count, patience);

    /// <summary>Answers each request; null closes the connection.</summary>
    private void Serve(Func<string, string?> answer) => _ = Task.Run(async () =>
    {
        while (true)
        {
            var socket = await listener.AcceptSocketAsync();
            Interlocked.Increment(ref accepted);
            _ = Task.Run(async () =>
            {
                using (socket)
                {
                    var buffer = new byte[RawRequest.Largest];
                    for (int received; (received = await socket.ReceiveAsync(buffer)) > 0;)
                    {
                        if (answer(Encoding.UTF8.GetString(buffer, 0, received)) is not { } text)
                        {
                            return;
                        }

                        await socket.SendAsync(Encoding.UTF8.GetBytes(text));
                    }
                }
            });
        }
    });
}

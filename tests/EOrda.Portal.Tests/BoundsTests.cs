using System.Net.WebSockets;
using EOrda.Portal.Tests.Support;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>Every bound of connections and requests, and of the node as a caller meets it, is an option, and is reached here.</summary>
public sealed class BoundsTests
{
    [Fact]
    public async Task So_many_connections_are_taken_and_no_more()
    {
        await using var portal = new TestPortal { Options = ["--server:connections", "2"] };
        await portal.InitializeAsync();
        using var first = await RawClient.AskedAsync(portal);
        using var second = await RawClient.AskedAsync(portal);
        using var third = await RawClient.ConnectAsync(portal);
        Assert.Equal("", await third.ReadToEndAsync());
        first.Dispose();

        // The place is free when the portal has seen the first go.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            using var again = await RawClient.ConnectAsync(portal);
            await again.SendAsync(RawClient.Look);
            if (await again.ReadAsync() is { Length: > 0 } answer)
            {
                Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
                break;
            }
        }
    }

    [Fact]
    public async Task So_many_live_connections_are_taken_and_no_more()
    {
        await using var portal = new TestPortal { Options = ["--server:webSockets", "1"] };
        await portal.InitializeAsync();
        var first = await LiveSocket.ConnectAsync(portal);
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => LiveSocket.ConnectAsync(portal));
        Assert.Contains("503", refused.Message, StringComparison.Ordinal);
        Assert.Equal(200, (await portal.Get("/api/time")).Status);
        await first.DisposeAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            try
            {
                await using var next = await LiveSocket.ConnectAsync(portal);
                break;
            }
            catch (WebSocketException)
            {
                // Until the portal has seen the first go.
            }
        }
    }

    [Fact]
    public async Task A_head_that_does_not_come_is_not_waited_for()
    {
        await using var portal = new TestPortal { Options = ["--server:headersTimeout", "1s"] };
        await portal.InitializeAsync();
        using var slow = await RawClient.ConnectAsync(portal);
        await slow.SendAsync("GET /api/time HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: z");
        Assert.StartsWith("HTTP/1.1 408", await slow.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_rests_is_closed()
    {
        await using var portal = new TestPortal { Options = ["--server:idleTimeout", "1s"] };
        await portal.InitializeAsync();
        using var resting = await RawClient.AskedAsync(portal);

        // What is left of the answer may still come; then the end, which without the bound would not.
        Assert.DoesNotContain("HTTP/1.1", await resting.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_never_ends_is_cut_off()
    {
        await using var portal = new TestPortal { Options = ["--server:bodyGrace", "1500ms", "--server:bodyRate", "1000"] };
        await portal.InitializeAsync();
        using var endless = await RawClient.ConnectAsync(portal);
        await endless.SendAsync($"POST {TestPortal.AddressOf("A-1")}/reservation HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {portal.SecretOf("A-1")}\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        var closed = endless.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!closed.IsCompleted)
        {
            await endless.TrySendAsync("1\r\n \r\n");
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }

        Assert.StartsWith("HTTP/1.1 408", await closed, StringComparison.Ordinal);
        Assert.Contains("\"too-slow\"", await closed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_is_as_large_as_it_may_be()
    {
        await using var portal = new TestPortal { Options = ["--server:body", "100", "--server:bodyTaken", "200"] };
        await portal.InitializeAsync();
        portal.ItIs(7);
        Assert.Equal(404, (await portal.Reserve("A-1", new string('x', 60))).Status);

        // What is taken off the connection does not end it, whatever the answer.
        var near = await portal.Reserve("A-1", new string('x', 120));
        Assert.Equal((413, null), (near.Status, near.Response.Headers.ConnectionClose));
        var far = await portal.Reserve("A-1", new string('x', 300));
        Assert.Equal((413, true), (far.Status, far.Response.Headers.ConnectionClose));
    }

    [Theory]
    [InlineData("--server:requestLine", "100", 414)]
    [InlineData("--server:headers", "100", 431)]
    [InlineData("--server:headerCount", "4", 431)]
    public async Task A_head_is_as_long_as_it_may_be(string option, string value, int status)
    {
        await using var portal = new TestPortal { Options = [option, value] };
        await portal.InitializeAsync();
        using var within = await RawClient.ConnectAsync(portal);
        await within.SendAsync(RawClient.Look);
        Assert.StartsWith("HTTP/1.1 200", await within.ReadAsync(), StringComparison.Ordinal);
        using var beyond = await RawClient.ConnectAsync(portal);
        await beyond.SendAsync($"GET /api/time?{(status == 414 ? new string('q', 200) : "")} HTTP/1.1\r\nHost: 127.0.0.1\r\n{string.Concat(Enumerable.Range(0, 5).Select(i => $"X-{i}: {new string('v', 20)}\r\n"))}\r\n");
        Assert.StartsWith($"HTTP/1.1 {status}", await beyond.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_many_as_may_wait_for_a_queue_and_one_more_is_told_that_it_is_busy()
    {
        await using var portal = new TestPortal { Options = ["--node:waitingForEntity", "1"] };
        await portal.InitializeAsync();
        portal.ItIs(7);
        Reply? busy = null;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (busy is null)
        {
            limit.Token.ThrowIfCancellationRequested();
            var goOn = new TaskCompletionSource();
            portal.Node.BeforeAsk = _ => goOn.Task;
            var asked = Enumerable.Range(0, 50).Select(_ => portal.Reserve("A-1", "P-1")).ToList();
            goOn.SetResult();
            busy = (await Task.WhenAll(asked)).FirstOrDefault(reply => reply.Status == 503);
        }

        Assert.Equal("busy", busy.Reason);
        Assert.True(busy.Response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        portal.Node.BeforeAsk = _ => Task.CompletedTask;
        Assert.NotEqual(503, (await portal.Reserve("A-2", "P-2")).Status);
    }

    [Fact]
    public async Task As_many_keys_are_kept_as_there_is_room_for_and_a_known_one_is_still_answered()
    {
        await using var portal = new TestPortal { Options = ["--node:keysKept", "60"] };
        await portal.InitializeAsync();
        portal.ItIs(7);
        var first = await portal.Reserve("A-1", "P-1", key: "first");
        Reply reply;
        var asked = 0;
        do
        {
            reply = await portal.Reserve("A-2", "P-1");
        }
        while (reply.Status != 503 && ++asked <= 60);
        Assert.Equal((503, "busy"), (reply.Status, reply.Reason));
        Assert.NotNull(reply.Response.Headers.RetryAfter);
        Assert.Equal(first.Text, (await portal.Reserve("A-1", "P-1", key: "first")).Text);
    }

    [Fact]
    public async Task A_stop_waits_so_long_and_no_longer()
    {
        var goOn = new TaskCompletionSource();
        await using var portal = new TestPortal { Options = ["--server:stopping", "500ms"] };
        await portal.InitializeAsync();
        portal.ItIs(7);
        TaskCompletionSource reached = new();
        portal.Node.BeforeAsk = _ =>
        {
            reached.SetResult();
            return goOn.Task;
        };
        var asked = portal.Reserve("A-1", "P-1");
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(2));
        await Record.ExceptionAsync(portal.StopAsync);
        await Assert.ThrowsAsync<HttpRequestException>(() => asked);
        goOn.SetResult();
    }
}

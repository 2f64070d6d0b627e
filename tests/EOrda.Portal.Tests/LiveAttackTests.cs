using System.Net.WebSockets;
using EOrda.Portal.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>Attacks 4 and 13 of docs/security.md: live connections that call too much, say nothing, are too many, or come from another site.</summary>
public sealed class LiveAttackTests
{
    private static readonly string[] Nonsense =
    [
        """{"type":1,"target":"Watch","arguments":["x"]}""",
        """{"type":1,"invocationId":"1","target":"Watch","arguments":["almaty/general/1900"]}""",
        """{"type":1,"invocationId":"1","target":"Watch","arguments":[null]}""",
        """{"type":1,"invocationId":"1","target":"Watch","arguments":[7]}""",
        """{"type":1,"invocationId":"1","target":"Watch","arguments":[{"a":[1]}]}""",
        """{"type":1,"invocationId":"1","target":"Watch","arguments":[]}""",
        """{"type":1,"invocationId":"1","target":"Watch","arguments":["a","b"]}""",
        """{"type":1,"invocationId":"1","target":"Watch"}""",
        """{"type":1,"invocationId":"1","target":"Unwatch","arguments":["x"]}""",
        """{"type":1,"invocationId":"1","target":"Snapshot","arguments":["x"]}""",
        """{"type":1,"invocationId":"1","target":"Snapshot","arguments":["almaty/general/2022"]}""",
        """{"type":1,"invocationId":"1","target":"OnConnectedAsync","arguments":[]}""",
        """{"type":1,"invocationId":"1","target":"Dispose","arguments":[]}""",
        """{"type":1,"invocationId":"1","target":"","arguments":[]}""",
        """{"type":1,"invocationId":"1","target":"Watch","arguments":["almaty/general/2022"],"streamIds":["1","2"]}""",
        """{"type":4,"invocationId":"1","target":"Watch","arguments":["almaty/general/2022"]}""",
        """{"type":2,"invocationId":"1","item":1}""",
        """{"type":3,"invocationId":"1","result":1}""",
        """{"type":5,"invocationId":"9"}""",
        """{"type":8,"sequenceId":1}""",
        """{"type":9,"sequenceId":1}""",
        """{"type":99}""",
        """{"type":"1"}""",
        """{}""",
        """[]""",
        """{"type":1,"target":1}""",
        """{"type":1""",
        "",
        "\u0000",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        """{"type":7,"error":"x"}""",
    ];

    [Fact]
    public async Task Nothing_that_a_browser_calls_fails_inside_or_is_logged()
    {
        using var log = new LogLines();
        await using var portal = new TestPortal { Adjust = builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log) };
        await portal.InitializeAsync();
        var unanswered = new List<string>();
        await Task.WhenAll(Nonsense.Select(async message =>
        {
            await using var browser = await LiveSocket.ConnectAsync(portal);
            await browser.SendAsync(message);

            // Answered when that has been dealt with, unless it was the end.
            var asked = Record.ExceptionAsync(() => browser.InvokeAsync("Watch", TestPortal.Queue));

            // After a message whose type it does not know SignalR reads on only when more comes.
            for (var i = 0; i < 100 && !asked.IsCompleted; i++)
            {
                await Record.ExceptionAsync(() => browser.SendAsync("""{"type":6}"""));
                await Task.WhenAny(asked, Task.Delay(TimeSpan.FromMilliseconds(200)));
            }

            if (!asked.IsCompleted)
            {
                lock (unanswered)
                {
                    unanswered.Add(message);
                }
            }
        }));
        Assert.Empty(unanswered);
        Assert.DoesNotContain(
            log.Text.Split('\n'),
            line => line.StartsWith(nameof(LogLevel.Warning), StringComparison.Ordinal) || line.StartsWith(nameof(LogLevel.Error), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connection_that_calls_too_fast_is_closed_and_another_is_not()
    {
        await using var portal = new TestPortal { Options = ["--live:callRate", "1", "--live:callBurst", "10"] };
        await portal.InitializeAsync();
        await using var fast = await LiveSocket.ConnectAsync(portal);
        await using var other = await LiveSocket.ConnectAsync(portal);
        await fast.SendAsync(Calls(20));
        await fast.ClosedAsync();
        await other.SendAsync(Calls(5));
        await other.InvokeAsync("Watch", TestPortal.Queue);
    }

    [Theory]
    [InlineData("\u0081\u0080\u0000\u0000\u0000\u0000")]
    [InlineData("\u0089\u0080\u0000\u0000\u0000\u0000")]
    [InlineData("\u008A\u0080\u0000\u0000\u0000\u0000")]
    public async Task A_connection_that_sends_frames_with_nothing_in_them_is_closed_too(string frame)
    {
        using var log = new LogLines();
        await using var portal = new TestPortal { Adjust = builder => builder.Logging.AddProvider(log) };
        await portal.InitializeAsync();
        using var browser = await RawClient.ConnectAsync(portal);
        await browser.SendAsync(
            "GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 101", await browser.ReadAsync(), StringComparison.Ordinal);
        var handshake = "{\"protocol\":\"json\",\"version\":1}\u001e";
        await browser.SendAsync($"\u0081{(char)(0x80 | handshake.Length)}\u0000\u0000\u0000\u0000{handshake}");
        var closed = browser.ReadToEndAsync();
        var frames = string.Concat(Enumerable.Repeat(frame, 2_000));
        for (var i = 0; i < 200 && !closed.IsCompleted; i++)
        {
            await browser.TrySendAsync(frames);
        }

        await closed.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.DoesNotContain(
            log.Text.Split('\n'),
            line => line.StartsWith(nameof(LogLevel.Warning), StringComparison.Ordinal) || line.StartsWith(nameof(LogLevel.Error), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connections_of_one_address_call_no_faster_together_and_those_of_another_are_none_the_worse()
    {
        await using var portal = new TestPortal { Options = ["--live:addressCallRate", "1", "--live:addressCallBurst", "40", "--live:callBurst", "1000", "--proxies", "127.0.0.1"] };
        await portal.InitializeAsync();
        await using var first = await LiveSocket.ConnectAsync(portal, ("X-Forwarded-For", "203.0.113.7"));
        await using var second = await LiveSocket.ConnectAsync(portal, ("X-Forwarded-For", "203.0.113.7"));
        await first.SendAsync(Calls(20));
        await first.InvokeAsync("Watch", TestPortal.Queue);
        await second.SendAsync(Calls(100));
        await second.ClosedAsync();
        await first.SendAsync(Calls(100));
        await first.ClosedAsync();

        // Nor may it open connections faster.
        var opened = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Record.ExceptionAsync(async () => await (await LiveSocket.OpenAsync(portal, ("X-Forwarded-For", "203.0.113.7"))).DisposeAsync())));
        Assert.Contains(opened, fault => fault is WebSocketException { Message: var message } && message.Contains("429", StringComparison.Ordinal));
        await using var other = await LiveSocket.ConnectAsync(portal, ("X-Forwarded-For", "203.0.113.8"));
        await other.InvokeAsync("Watch", TestPortal.Queue);
    }

    [Fact]
    public async Task An_address_has_so_many_live_connections_and_no_more()
    {
        await using var portal = new TestPortal { Options = ["--live:connectionsPerAddress", "2", "--proxies", "127.0.0.1"] };
        await portal.InitializeAsync();
        var first = await OpenAsync("2001:db8::1");
        await using var second = await OpenAsync("2001:db8::2");
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync("2001:db8::3"));
        Assert.Contains("429", refused.Message, StringComparison.Ordinal);
        await using var other = await OpenAsync("2001:db8:0:1::1");
        await first.DisposeAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await Record.ExceptionAsync(async () => await (await OpenAsync("2001:db8::3")).DisposeAsync()) is not null)
        {
            // Until the portal has seen the first go.
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        }

        Task<LiveSocket> OpenAsync(string from) => LiveSocket.OpenAsync(portal, ("X-Forwarded-For", from));
    }

    [Theory]
    [InlineData("http://127.0.0.1:0", true)]
    [InlineData("https://127.0.0.1:0", true)]
    [InlineData("https://queue.example.kz", true)]
    [InlineData("HTTPS://Queue.Example.KZ", true)]
    [InlineData("http://queue.example.kz", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("http://127.0.0.1:0.evil.example", false)]
    [InlineData("null", false)]
    [InlineData("127.0.0.1:0", false)]
    public async Task Only_the_portals_own_pages_and_those_it_was_told_of_open_live_connections(string origin, bool may)
    {
        await using var portal = new TestPortal { Options = ["--origins", "https://queue.example.kz;https://other.example.kz:8443"] };
        await portal.InitializeAsync();
        var said = origin.Replace("127.0.0.1:0", portal.Http.BaseAddress!.Authority, StringComparison.Ordinal);
        var fault = await Record.ExceptionAsync(async () => await (await LiveSocket.ConnectAsync(portal, ("Origin", said))).DisposeAsync());
        Assert.Equal(may, fault is null);
        if (!may)
        {
            Assert.Contains("403", Assert.IsType<WebSocketException>(fault).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>So many calls that are refused, to be sent at once.</summary>
    private static string Calls(int count) => string.Join('\u001e', Enumerable.Repeat("""{"type":1,"target":"Watch","arguments":["x"]}""", count));
}

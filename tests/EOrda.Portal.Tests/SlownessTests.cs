using EOrda.Portal.Admission;
using EOrda.Portal.Hosting;
using EOrda.Portal.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>Attacks 1 and 7 of docs/security.md: who sends slowly or reads slowly takes nothing from others.</summary>
public sealed class SlownessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Bodies_that_come_slowly_hold_no_slot()
    {
        await using var portal = new TestPortal { Options = ["--admission:requests", "16"] };
        await portal.InitializeAsync();
        portal.ItIs(7);
        var slow = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => RawClient.ClaimingAsync(portal, $"A-{1 + (i % 3)}")));
        Assert.Equal(0, portal.Services.GetRequiredService<WorkInFlight>().Count);
        Assert.Equal(200, (await portal.Reserve("A-1", "P-2")).Status);
        Array.ForEach(slow, client => client.Dispose());
    }

    [Fact]
    public async Task A_body_that_comes_slowly_does_not_count_as_a_wait_for_the_node()
    {
        await using var portal = new TestPortal { Options = ["--admission:wait", "500ms"] };
        await portal.InitializeAsync();
        portal.ItIs(7);
        for (var i = 1; i <= 3; i++)
        {
            using var slow = await RawClient.ClaimingAsync(portal, $"A-{i}");
            await Task.Delay(TimeSpan.FromMilliseconds(700));
            Assert.StartsWith("HTTP/1.1 ", await slow.ClaimAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(10_000, portal.Services.GetRequiredService<WorkInFlight>().Limit);
    }

    [Fact]
    public async Task An_application_has_few_commands_under_way()
    {
        await using var portal = new TestPortal { Options = ["--admission:applicationRequests", "2"] };
        await portal.InitializeAsync();
        portal.ItIs(7);
        using var first = await RawClient.ClaimingAsync(portal, "A-1");
        using var second = await RawClient.ClaimingAsync(portal, "A-1");
        var third = await portal.Reserve("A-1", "P-1");
        Assert.Equal((429, "too-many-requests"), (third.Status, third.Reason));
        Assert.NotNull(third.Response.Headers.RetryAfter);
        Assert.Equal(200, (await portal.Reserve("A-2", "P-2")).Status);
        Assert.StartsWith("HTTP/1.1 200", await first.ClaimAsync(), StringComparison.Ordinal);
        await UntilAsync(async () => (await portal.Reserve("A-1", "P-3")).Status != 429);
    }

    [Fact]
    public async Task An_address_has_few_requests_under_way()
    {
        await using var portal = new TestPortal { Options = ["--admission:addressRequests", "2", "--proxies", "127.0.0.1"] };
        await portal.InitializeAsync();
        portal.ItIs(7);
        using var first = await RawClient.ClaimingAsync(portal, "A-1", "203.0.113.7");
        using var second = await RawClient.ClaimingAsync(portal, "A-2", "203.0.113.7");
        Assert.Equal(429, await LookAsync("203.0.113.7"));
        Assert.Equal(200, await LookAsync("203.0.113.8"));
        Assert.StartsWith("HTTP/1.1 200", await first.ClaimAsync(), StringComparison.Ordinal);
        await UntilAsync(async () => await LookAsync("203.0.113.7") == 200);

        async Task<int> LookAsync(string from)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/time");
            request.Headers.Add("X-Forwarded-For", from);
            return (await portal.Send(request)).Status;
        }
    }

    [Fact]
    public async Task A_slot_is_free_again_when_the_decision_is_there_though_nobody_takes_the_answer()
    {
        using var socket = new StalledSocket();
        await using var portal = new TestPortal { Adjust = builder => builder.Services.AddSingleton<IStartupFilter>(socket) };
        await portal.InitializeAsync();
        portal.ItIs(7);
        socket.Stalls = true;
        var asked = new[] { portal.Reserve("A-1", "P-1"), portal.Get($"/api/queues/{TestPortal.Queue}/order") };
        await socket.WaitAsync(asked.Length);
        Assert.Equal(0, portal.Services.GetRequiredService<WorkInFlight>().Count);
        socket.GoOn();
        Assert.All(await Task.WhenAll(asked), reply => Assert.Equal(200, reply.Status));
    }

    [Fact]
    public async Task Who_takes_answers_too_slowly_is_cut_off()
    {
        await using var portal = new TestPortal { Options = ["--server:answerRate", "1000000", "--server:answerGrace", "1100ms"] };
        await portal.InitializeAsync();
        var page = await portal.Http.GetStringAsync(new Uri("/", UriKind.Relative));
        var begin = page.IndexOf("/assets/", StringComparison.Ordinal);
        var script = page[begin..page.IndexOf('"', begin)];
        var heartbeats = portal.Services.GetRequiredService<Heartbeats>();
        using var deaf = await RawClient.AskedAsync(portal);
        var before = heartbeats.ServerConnections;
        var asks = string.Concat(Enumerable.Repeat($"GET {script} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 50));
        await UntilAsync(async () =>
        {
            await deaf.TrySendAsync(asks).WaitAsync(TimeSpan.FromSeconds(1)).ContinueWith(_ => { }, TaskScheduler.Default);
            return heartbeats.ServerConnections < before;
        });
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        }
    }

    /// <summary>Sockets that take nothing until they are told to.</summary>
    private sealed class StalledSocket : IStartupFilter, IDisposable
    {
        private readonly SemaphoreSlim reached = new(0);
        private readonly TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Stalls { get; set; }

        public async Task WaitAsync(int answers)
        {
            for (var i = 0; i < answers; i++)
            {
                Assert.True(await reached.WaitAsync(Patience));
            }
        }

        public void GoOn() => goOn.SetResult();

        public void Dispose() => reached.Dispose();

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, go) =>
            {
                if (Stalls)
                {
                    var feature = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
                    context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(new Stalled(this, feature.Stream), feature));
                }

                await go(context);
            });
            next(app);
        };

        private sealed class Stalled(StalledSocket socket, Stream inner) : MemoryStream
        {
            public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
            {
                socket.reached.Release();
                await socket.goOn.Task.WaitAsync(Patience, cancellationToken);
                await inner.WriteAsync(buffer, cancellationToken);
            }
        }
    }
}

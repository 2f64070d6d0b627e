using EOrda.Portal.Hosting;
using EOrda.Portal.Live;
using EOrda.Portal.Tests.Support;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>Live connections are looked after a few at a time, and each once a round.</summary>
public sealed class HeartbeatTests
{
    [Fact]
    public void Connections_are_looked_after_in_slots_of_equal_size_each_once_a_round()
    {
        var wheel = new HeartbeatWheel(4);
        var beats = new int[10];
        foreach (var i in Enumerable.Range(0, beats.Length))
        {
            wheel.Join().OnHeartbeat(_ => beats[i]++, "state");
        }

        var before = 0;
        for (var due = 1; due <= wheel.Slots; due++)
        {
            wheel.TurnTo(due, Fail);
            Assert.InRange(beats.Sum() - before, 2, 3);
            before = beats.Sum();
        }

        Assert.All(beats, one => Assert.Equal(1, one));
    }

    [Fact]
    public void Whatever_is_registered_is_called_with_its_state_until_the_connection_leaves()
    {
        var wheel = new HeartbeatWheel(1);
        var called = new List<object>();
        var connection = wheel.Join();
        wheel.TurnTo(1, Fail);
        connection.OnHeartbeat(called.Add, "ping");
        connection.OnHeartbeat(called.Add, "silence");
        wheel.TurnTo(2, Fail);
        Assert.Equal(["ping", "silence"], called);
        Assert.Equal(1, wheel.Count);
        wheel.Leave(connection);
        wheel.TurnTo(3, Fail);
        Assert.Equal(2, called.Count);
        Assert.Equal(0, wheel.Count);
    }

    [Fact]
    public void A_connection_may_leave_while_it_is_looked_after_and_one_that_fails_does_not_harm_the_others()
    {
        var wheel = new HeartbeatWheel(1);
        var (called, left) = (0, 0);
        var failures = new List<string>();
        var leaving = wheel.Join();
        leaving.OnHeartbeat(
            _ =>
            {
                left++;
                wheel.Leave(leaving);
            },
            "state");
        wheel.Join().OnHeartbeat(_ => throw new InvalidOperationException("broken"), "state");
        wheel.Join().OnHeartbeat(_ => called++, "state");
        wheel.TurnTo(1, e => failures.Add(e.Message));
        wheel.TurnTo(2, e => failures.Add(e.Message));
        Assert.Equal((2, 1), (called, left));
        Assert.Equal(["broken", "broken"], failures);
    }

    [Fact]
    public void After_a_standstill_a_few_slots_at_a_time_are_made_up_for_and_no_more_than_one_round()
    {
        const int Slots = 3 * HeartbeatWheel.MostAtOnce;
        var wheel = new HeartbeatWheel(Slots);
        var order = new List<int>();
        foreach (var i in Enumerable.Range(0, Slots))
        {
            wheel.Join().OnHeartbeat(_ => order.Add(i), "state");
        }

        // Five slots into its second round.
        for (var call = 1; call <= 4; call++)
        {
            wheel.TurnTo(Slots + 5, Fail);
            Assert.Equal(Math.Min(call * HeartbeatWheel.MostAtOnce, Slots), order.Count);
        }

        Assert.Equal(Enumerable.Range(0, Slots).Select(i => (i + 5) % Slots), order);
    }

    [Theory]
    [InlineData(0.1, 0.1)]
    [InlineData(20, 90)]
    [InlineData(600, 0.1)]
    [InlineData(600, 3_600)]
    public void A_ping_comes_as_often_as_it_is_told_to_at_least(double ping, double silence)
    {
        var limits = new LiveLimits { Ping = TimeSpan.FromSeconds(ping), Silence = TimeSpan.FromSeconds(silence) };
        var hub = new HubOptions();
        limits.Apply(hub);
        Assert.InRange(hub.KeepAliveInterval!.Value + limits.LookEvery, limits.Ping / 2, limits.Ping);
    }

    [Fact]
    public void Bounds_of_live_connections_are_SignalRs()
    {
        var limits = new LiveLimits { Unsent = 2_000, SendTimeout = TimeSpan.FromSeconds(3), Message = 200, Handshake = TimeSpan.FromSeconds(2), Silence = TimeSpan.FromSeconds(70) };
        var hub = new HubOptions();
        limits.Apply(hub);
        var transport = limits.Transport();
        Assert.Equal((2_000L, TimeSpan.FromSeconds(3)), (transport.TransportMaxBufferSize, transport.TransportSendTimeout));
        Assert.Equal((200L, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(70)), (hub.MaximumReceiveMessageSize, hub.HandshakeTimeout, hub.ClientTimeoutInterval));
    }

    [Fact]
    public async Task The_portal_looks_after_every_connection_until_it_ends()
    {
        await using var portal = new TestPortal();
        await portal.InitializeAsync();
        var heartbeats = portal.Services.GetRequiredService<Heartbeats>();
        await using (var browser = await LiveSocket.ConnectAsync(portal))
        {
            Assert.Equal(1, heartbeats.HubConnections);
            Assert.NotEqual(0, heartbeats.ServerConnections);
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (heartbeats.HubConnections > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
        }
    }

    private static void Fail(Exception e) => Assert.Fail(e.Message);
}

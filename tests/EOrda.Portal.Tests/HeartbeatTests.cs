using EOrda.Portal.Live;
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
        foreach (var slot in Enumerable.Range(0, wheel.Slots))
        {
            wheel.Turn(slot, Fail);
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
        wheel.Turn(0, Fail);
        connection.OnHeartbeat(called.Add, "ping");
        connection.OnHeartbeat(called.Add, "silence");
        wheel.Turn(0, Fail);
        Assert.Equal(["ping", "silence"], called);
        wheel.Leave(connection);
        wheel.Turn(0, Fail);
        Assert.Equal(2, called.Count);
    }

    [Fact]
    public void A_connection_may_leave_while_it_is_looked_after_and_one_that_fails_does_not_harm_the_others()
    {
        var wheel = new HeartbeatWheel(1);
        var called = 0;
        var failures = new List<string>();
        var leaving = wheel.Join();
        leaving.OnHeartbeat(_ => wheel.Leave(leaving), "state");
        wheel.Join().OnHeartbeat(_ => throw new InvalidOperationException("broken"), "state");
        wheel.Join().OnHeartbeat(_ => called++, "state");
        wheel.Turn(0, e => failures.Add(e.Message));
        wheel.Turn(0, e => failures.Add(e.Message));
        Assert.Equal(2, called);
        Assert.Equal(["broken", "broken"], failures);
    }

    private static void Fail(Exception e) => Assert.Fail(e.Message);
}

using System.Text;
using EOrda.Portal.Live;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>Which group of browsers is told next, and what.</summary>
public sealed class AudienceTests
{
    [Fact]
    public void An_audience_fills_its_groups_and_passes_over_those_that_are_empty()
    {
        var audience = new Audience("queue#1");
        var groups = Enumerable.Range(0, Audience.GroupSize + 1).Select(_ => audience.Join()).ToList();
        Assert.Equal(("queue#1/0", "queue#1/0", "queue#1/1"), (groups[0], groups[^2], groups[^1]));
        audience.Tell(Message(1));
        Assert.Equal(["queue#1/0: 1", "queue#1/1: 1"], Taken(audience));
        audience.Leave(groups[^1]);
        audience.Tell(Message(2));
        Assert.Equal(["queue#1/0: 2"], Taken(audience));
        audience.Leave(groups[0]);
        Assert.Equal("queue#1/0", audience.Join());
    }

    [Fact]
    public void The_group_that_waited_longest_comes_next_and_gets_all_that_was_told_meanwhile()
    {
        var audience = new Audience("queue#1");
        _ = Enumerable.Range(0, 2 * Audience.GroupSize).Select(_ => audience.Join()).ToList();
        audience.Tell(Message(1));
        Assert.Equal("queue#1/0: 1", Next(audience));
        audience.Tell(Message(2));
        Assert.Equal("queue#1/1: 1 2", Next(audience));
        audience.Tell(Message(3));
        Assert.Equal(["queue#1/0: 2 3", "queue#1/1: 3"], Taken(audience));
        Assert.False(audience.IsBehind);
    }

    [Fact]
    public void Who_comes_first_to_a_group_is_told_nothing_of_what_came_before()
    {
        var audience = new Audience("queue#1");
        audience.Tell(Message(1));
        Assert.False(audience.IsBehind);
        audience.Join();
        Assert.False(audience.IsBehind);
        audience.Tell(Message(2));
        Assert.Equal(["queue#1/0: 2"], Taken(audience));
    }

    [Fact]
    public void What_nobody_is_left_to_be_told_is_forgotten()
    {
        var audience = new Audience("queue#1");
        var group = audience.Join();
        audience.Tell(Message(1));
        Assert.True(audience.IsBehind);
        audience.Leave(group);
        Assert.False(audience.IsBehind);
    }

    [Fact]
    public void So_many_messages_and_bytes_may_wait_and_no_more()
    {
        var audience = new Audience("queue#1");
        audience.Join();
        for (var i = 0; i < Audience.MostWaiting; i++)
        {
            Assert.True(audience.HasRoom);
            audience.Tell(Message(i));
        }

        Assert.False(audience.HasRoom);
        Next(audience);
        Assert.True(audience.HasRoom);
        audience.Tell(new LiveMessage(new byte[Audience.MostWaitingBytes]));
        Assert.False(audience.HasRoom);
        Next(audience);
        Assert.True(audience.HasRoom);
    }

    private static LiveMessage Message(int number) => new(Encoding.ASCII.GetBytes($"{number}"));

    /// <summary>The next group and what it is told.</summary>
    private static string? Next(Audience audience) => audience.TryTake(out var group, out var messages)
        ? $"{group}: {string.Join(' ', messages.Select(message => Encoding.ASCII.GetString(message.Json.Span)))}"
        : null;

    private static List<string> Taken(Audience audience)
    {
        var all = new List<string>();
        while (Next(audience) is { } one)
        {
            all.Add(one);
        }

        return all;
    }
}

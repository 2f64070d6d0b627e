using EOrda.Actors.Answers;

namespace EOrda.Actors.Tests;

/// <summary>The index of callers' keys does what a dictionary does, however far it has grown.</summary>
public sealed class KeysOfCommands
{
    [Fact]
    public void Keys_are_found_where_they_were_entered_and_no_longer_when_they_were_taken_out()
    {
        const int Keys = 20_000;
        var index = new KeyIndex();
        for (var i = 0; i < Keys; i++)
        {
            Assert.True(index.TryAdd(Key(i), new AnswerPosition(i, -i)));
            Assert.False(index.TryAdd(Key(i / 2), new AnswerPosition(-1, -1)));
        }

        for (var i = 0; i < Keys; i += 3)
        {
            index.Remove(Key(i));
            index.Remove(Key(i));
        }

        for (var i = 0; i < Keys; i++)
        {
            Assert.Equal(i % 3 != 0, index.TryGet(Key(i), out var position));
            Assert.Equal(i % 3 != 0 ? new AnswerPosition(i, -i) : default, position);
        }

        Assert.False(index.TryGet(Key(Keys), out _));
        Assert.Equal(Enumerable.Range(0, Keys).Where(i => i % 3 != 0).Select(Key).ToHashSet(), [.. index.All.Select(kept => kept.Key)]);
        Assert.Equal(index.Count, index.All.Count());
    }

    private static CommandKey Key(int number) => new(new UInt128((ulong)number, 7));
}

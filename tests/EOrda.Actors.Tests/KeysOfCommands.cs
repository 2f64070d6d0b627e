using EOrda.Actors.Answers;
using EOrda.Queues;

namespace EOrda.Actors.Tests;

/// <summary>The index of callers' keys does what a dictionary does, however far it has grown.</summary>
public sealed class KeysOfCommands
{
    private const int Elsewhere = 1_000_000;

    [Fact]
    public void Keys_are_found_where_they_were_entered_and_no_longer_when_they_were_taken_out()
    {
        const int Keys = 100_000;
        var index = new KeyIndex(KeyAt);
        for (var i = 0; i < Keys; i++)
        {
            Assert.True(index.TryAdd(Key(i), Position(i)));
            Assert.False(index.TryAdd(Key(i / 2), Position(Elsewhere)));
        }

        for (var i = 0; i < Keys; i += 3)
        {
            index.Remove(Key(i));
            index.Remove(Key(i));
        }

        for (var i = 0; i < Keys; i++)
        {
            Assert.Equal(i % 3 != 0, index.TryGet(Key(i), out var position));
            Assert.Equal(i % 3 != 0 ? Position(i) : default, position);
        }

        Assert.False(index.TryGet(Key(Keys), out _));
        Assert.Equal(Enumerable.Range(0, Keys).Where(i => i % 3 != 0).Select(Key).ToHashSet(), [.. index.All.Select(KeyAt)]);
        Assert.Equal(index.Count, index.All.Count());
    }

    [Fact]
    public void Keys_that_come_and_go_are_told_apart()
    {
        const int Keys = 400;
        var random = new Random(7);
        var index = new KeyIndex(KeyAt);
        var expected = new HashSet<int>();
        for (var step = 0; step < 100_000; step++)
        {
            var i = random.Next(Keys);
            if (random.Next(2) == 0)
            {
                Assert.Equal(expected.Add(i), index.TryAdd(Key(i), Position(i)));
            }
            else
            {
                expected.Remove(i);
                index.Remove(Key(i));
            }

            var asked = random.Next(Keys);
            Assert.Equal(expected.Contains(asked), index.TryGet(Key(asked), out _));
        }

        Assert.Equal(expected.Select(Key).ToHashSet(), [.. index.All.Select(KeyAt)]);
        Assert.Equal(expected.Count, index.Count);
    }

    [Fact]
    public void Keys_with_one_hash_are_told_apart()
    {
        const int Keys = 3_000;
        var index = new KeyIndex(position => Alike(NumberAt(position)));
        Assert.Single(Enumerable.Range(0, Keys).Select(i => Alike(i).GetHashCode()).Distinct());
        for (var i = 0; i < Keys; i++)
        {
            Assert.True(index.TryAdd(Alike(i), Position(i)));
        }

        for (var i = 0; i < Keys; i++)
        {
            Assert.True(index.TryGet(Alike(i), out var position));
            Assert.Equal(Position(i), position);
        }

        Assert.False(index.TryGet(Alike(Keys), out _));

        // .NET folds the halves of a 64-bit number into its hash.
        static CommandKey Alike(int number) => new(new UInt128(7, ((ulong)number << 32) | (uint)number));
    }

    private static CommandKey Key(int number) => new(new UInt128((ulong)number, 7));

    private static AnswerPosition Position(int number) => new(number / AnswerPosition.PageBytes, number % AnswerPosition.PageBytes);

    private static CommandKey KeyAt(AnswerPosition position) => Key(NumberAt(position));

    private static int NumberAt(AnswerPosition position) => position.Page * AnswerPosition.PageBytes + position.Offset;
}

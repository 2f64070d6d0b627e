using EOrda.Portal.Live;
using EOrda.Portal.Tests.Support;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Order;
using EOrda.Queues.Places;
using EOrda.Queues.Time;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>The numbers of live messages are the same on the server, on the pages and in docs/api.md.</summary>
public sealed class WireCodesTests
{
    private static readonly string Pages = Docs.ReadFile("src/EOrda.Portal/web/src/lib/codes.ts");
    private static readonly string Description = Docs.Read("api.md").ReplaceLineEndings(" ");

    [Fact]
    public void States_are_the_same_everywhere() => AssertSame(WireCodes.States, "placeStates", "States");

    [Fact]
    public void Accesses_are_the_same_everywhere() => AssertSame(WireCodes.Accesses, "accesses", "Access");

    [Fact]
    public void Lanes_are_the_same_everywhere() => AssertSame(WireCodes.Lanes, "lanes", "Lanes");

    [Fact]
    public void Causes_are_the_same_everywhere() => AssertSame(WireCodes.Causes, "causes", "Causes");

    [Fact]
    public void Numbers_are_packed_as_the_description_says()
    {
        Assert.Equal((2 * 3 + 1) * 2, WireCodes.Of(new PlaceView("P-1", "k-1", PlaceState.Available, Access.Open, From: null)));
        Assert.Equal((3 * 3 + 2) * 2 + 1, WireCodes.Of(new PlaceView("P-1", "k-1", PlaceState.Reserved, Access: null, Moment.Beginning)));
        Assert.Equal((2 * 3 + 1) * 2, WireCodes.Of(new OrderChange(Moment.Beginning, PositionCause.Referral, 7, Moment.Beginning, Category.FirstPriority, -1)));
        Assert.Equal(((9 + 1) * 3) + 2, WireCodes.Of(Category.General, 9));
        Assert.Equal(1, WireCodes.Of(Category.FirstPriority, last: null));
    }

    // Every value has a number; the pages list the words in the order of the numbers, and the description of the API each number with its word.
    private static void AssertSame<T>(WireTable<T> table, string list, string heading)
        where T : struct, Enum
    {
        Assert.Equal(Enum.GetValues<T>(), table.Values.Order());
        var words = table.Values.Select(table.WordOf).ToList();
        Assert.Equal(words, Between(Pages, $"export const {list} = [", "] as const").Split(',').Select(entry => entry.Trim().Trim('\'')).Where(word => word.Length > 0));
        Assert.Equal(words.Select((word, number) => $"{number} {word}"), Between(Description, $" {heading}: ", ".").Split(',').Select(Entry));
    }

    // "1 first priority", perhaps over two lines.
    private static string Entry(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return $"{words[0]} {string.Join('-', words[1..])}";
    }

    private static string Between(string text, string before, string after)
    {
        var begin = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        Assert.True(begin >= before.Length, $"'{before}' is not there.");
        return text[begin..text.IndexOf(after, begin, StringComparison.Ordinal)];
    }
}

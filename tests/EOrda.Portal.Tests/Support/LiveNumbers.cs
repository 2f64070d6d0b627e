using System.Text.Json;

namespace EOrda.Portal.Tests.Support;

/// <summary>The numbers of an update's text, read as docs/api.md says.</summary>
internal static class LiveNumbers
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// <summary>All numbers of a text.</summary>
    public static List<long> Of(string text)
    {
        var numbers = new List<long>();
        long value = 0;
        var bits = 0;
        foreach (var letter in text.Select(l => Letters.IndexOf(l, StringComparison.Ordinal)))
        {
            value |= (letter & 31L) << bits;
            bits += 5;
            if (letter < 32)
            {
                numbers.Add((value & 1) == 1 ? -(value >> 1) : value >> 1);
                (value, bits) = (0, 0);
            }
        }

        return numbers;
    }

    /// <summary>The places of an update: number, code, and the instant that goes with it, told from the update's own.</summary>
    public static List<(int Number, int Code, long From)> Places(JsonElement update)
    {
        var places = new List<(int, int, long)>();
        var numbers = new Queue<long>(Of(update.GetProperty("s").GetString()!));
        var (number, from) = (0, 0L);
        while (numbers.TryDequeue(out var further))
        {
            number += (int)further;
            var code = (int)numbers.Dequeue();
            from += code % 2 == 1 ? numbers.Dequeue() : 0;
            places.Add((number, code, from));
        }

        return places;
    }
}

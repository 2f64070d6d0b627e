using System.Text.Json;

namespace EOrda.Load.Live;

/// <summary>The last application of a lane that is in the window.</summary>
/// <param name="Number">Its registration number.</param>
/// <param name="Submitted">Its submission instant, Unix milliseconds.</param>
internal readonly record struct SlotNow(int Number, long Submitted);

/// <summary>The window of priority access as the live picture has it (docs/api.md, "Live").</summary>
/// <param name="Size">How many may take a place in priority access.</param>
/// <param name="OutOfTurn">The last one inside of those out of turn; null when none is.</param>
/// <param name="FirstPriority">The same of first priority.</param>
/// <param name="General">The same of the general lane.</param>
internal sealed record WindowNow(int Size, SlotNow? OutOfTurn, SlotNow? FirstPriority, SlotNow? General)
{
    private const int Lanes = 3;

    /// <summary>Reads the one of a snapshot.</summary>
    public static WindowNow Read(JsonElement told) => new(told[0].GetInt32(), SlotOf(told[1]), SlotOf(told[2]), SlotOf(told[3]));

    /// <summary>The window after an update.</summary>
    /// <param name="text">The numbers that it tells of the window; empty when it tells none.</param>
    /// <param name="beginning">The instant from which the feed counts time.</param>
    /// <exception cref="FormatException">They are not such numbers.</exception>
    public WindowNow After(string text, long beginning)
    {
        if (text.Length == 0)
        {
            return this;
        }

        var numbers = new NumberText(text);
        var size = (int)numbers.Next();
        SlotNow?[] last = [OutOfTurn, FirstPriority, General];
        while (!numbers.IsAtEnd)
        {
            var code = numbers.Next();
            var number = (int)(code / Lanes) - 1;
            last[code % Lanes] = number < 0 ? null : new SlotNow(number, beginning + numbers.Next());
        }

        return new WindowNow(size, last[0], last[1], last[2]);
    }

    /// <summary>True when an application that waits in a lane is in the window.</summary>
    /// <param name="lane">0 out of turn, 1 first priority, 2 general.</param>
    /// <param name="slot">The application's.</param>
    public bool Contains(int lane, SlotNow slot) =>
        (lane switch
        {
            0 => OutOfTurn,
            1 => FirstPriority,
            _ => General,
        })
        is { } last && (slot.Submitted, slot.Number).CompareTo((last.Submitted, last.Number)) <= 0;

    private static SlotNow? SlotOf(JsonElement told) =>
        told.ValueKind == JsonValueKind.Null ? null : new SlotNow(told[0].GetInt32(), told[1].GetInt64());
}

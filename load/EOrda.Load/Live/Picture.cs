using System.Text.Json;

namespace EOrda.Load.Live;

/// <summary>A queue as a browser has it: a snapshot and the updates since.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Feed">The number that updates name the feed by.</param>
/// <param name="Beginning">The instant from which the feed counts time, Unix milliseconds.</param>
/// <param name="Number">The latest update contained.</param>
/// <param name="At">When the latest was decided that it contains, Unix milliseconds.</param>
/// <param name="Counts">How many wait in each lane.</param>
/// <param name="Pattern">First-priority share, general share and phase of the pattern.</param>
/// <param name="LatestChange">The latest change of the order contained.</param>
/// <param name="Window">The window of priority access; null where a browser is not told it.</param>
/// <param name="Places">The places by their number.</param>
internal sealed record Picture(
    string Queue,
    long Feed,
    long Beginning,
    long Number,
    long At,
    int[] Counts,
    int[] Pattern,
    long LatestChange,
    WindowNow? Window,
    PlaceNow[] Places)
{
    /// <summary>Reads a snapshot.</summary>
    public static Picture Read(JsonElement told) => new(
        told.GetProperty("q").GetString()!,
        told.GetProperty("f").GetInt64(),
        told.GetProperty("b").GetInt64(),
        told.GetProperty("n").GetInt64(),
        told.GetProperty("t").GetInt64(),
        [.. told.GetProperty("c").EnumerateArray().Select(c => c.GetInt32())],
        [.. told.GetProperty("p").EnumerateArray().Select(p => p.GetInt32())],
        told.GetProperty("x").GetInt64(),
        WindowNow.Read(told.GetProperty("i")),
        [.. told.GetProperty("s").EnumerateArray().Select(s => PlaceNow.Read(s, 0))]);

    /// <summary>The changes of the order that an update tells, with their applications' submission instants.</summary>
    public IEnumerable<OrderStep> StepsOf(Update update) => update.Changes.Select(change => change with { Submitted = Beginning + change.Submitted });

    /// <summary>The picture after the next update.</summary>
    /// <exception cref="FormatException">The update does not fit: a number left out, fewer than none that wait, an unnamed new place.</exception>
    public Picture After(Update update)
    {
        if (update.Number != Number + 1)
        {
            throw new FormatException($"update {update.Number} does not follow {Number}");
        }

        var counts = (int[])Counts.Clone();
        var phase = Pattern[2];
        foreach (var change in update.Changes)
        {
            if (change.Application == OrderStep.Pattern)
            {
                phase += change.Step;
            }
            else if ((counts[change.Lane] += change.Step) < 0)
            {
                throw new FormatException($"after update {update.Number}, {counts[change.Lane]} wait in lane {change.Lane}");
            }
        }

        return this with
        {
            Number = update.Number,
            At = Beginning + update.At,
            Counts = counts,
            Pattern = [Pattern[0], Pattern[1], phase],
            LatestChange = LatestChange + update.Changes.Length,
            Window = Window?.After(update.Window, Beginning),
            Places = PlacesAfter(update),
        };
    }

    /// <summary>How it differs from another picture of the same number; null when it does not.</summary>
    public string? DifferenceTo(Picture other)
    {
        if (!Counts.AsSpan().SequenceEqual(other.Counts) || !Pattern.AsSpan().SequenceEqual(other.Pattern) || LatestChange != other.LatestChange)
        {
            return $"waiting [{string.Join(", ", Counts)}], pattern [{string.Join(", ", Pattern)}], change {LatestChange} against [{string.Join(", ", other.Counts)}], [{string.Join(", ", other.Pattern)}], {other.LatestChange}";
        }

        if (Window != other.Window)
        {
            return $"{Window} against {other.Window}";
        }

        if (Places.Length != other.Places.Length)
        {
            return $"{Places.Length} places against {other.Places.Length}";
        }

        var different = Enumerable.Range(0, Places.Length).FirstOrDefault(i => Places[i] != other.Places[i], -1);
        return different < 0 ? null : $"place {different}: {Places[different]} against {other.Places[different]}";
    }

    private PlaceNow[] PlacesAfter(Update update)
    {
        if (update.Places.Length == 0)
        {
            return Places;
        }

        var places = new List<PlaceNow>(Places);
        var names = new Queue<string>(update.Names);
        foreach (var (number, state, access, from) in update.Places)
        {
            var instant = Beginning + update.At + from;
            if (number < places.Count)
            {
                places[number] = places[number] with { State = state, Access = access, From = instant };
            }
            else if (number == places.Count && names.Count >= 2)
            {
                places.Add(new PlaceNow(state, access, instant, names.Dequeue(), names.Dequeue()));
            }
            else
            {
                throw new FormatException($"update {update.Number} changes place {number}, which nobody was told of");
            }
        }

        return [.. places];
    }
}

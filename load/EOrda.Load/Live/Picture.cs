using System.Text.Json;

namespace EOrda.Load.Live;

/// <summary>A queue as a browser has it: a snapshot and the updates since.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Number">The latest update contained.</param>
/// <param name="Counts">How many wait in each lane.</param>
/// <param name="Pattern">First-priority share, general share and phase of the pattern.</param>
/// <param name="LatestChange">The latest change of the order contained.</param>
/// <param name="Places">The places by their number.</param>
internal sealed record Picture(string Queue, long Number, int[] Counts, int[] Pattern, long LatestChange, PlaceNow[] Places)
{
    /// <summary>Reads a snapshot.</summary>
    public static Picture Read(JsonElement told) => new(
        told.GetProperty("q").GetString()!,
        told.GetProperty("n").GetInt64(),
        [.. told.GetProperty("c").EnumerateArray().Select(c => c.GetInt32())],
        [.. told.GetProperty("p").EnumerateArray().Select(p => p.GetInt32())],
        told.GetProperty("x").GetInt64(),
        [.. told.GetProperty("s").EnumerateArray().Select(s => PlaceNow.Read(s, 0))]);

    /// <summary>The picture after the next update.</summary>
    /// <exception cref="FormatException">The update does not fit: a number left out, a count that its changes do not explain, an unnamed new place.</exception>
    public Picture After(Update update)
    {
        if (update.Number != Number + 1)
        {
            throw new FormatException($"update {update.Number} does not follow {Number}");
        }

        if (update.Changes.Length > 0 && update.FirstChange != LatestChange + 1)
        {
            throw new FormatException($"update {update.Number} begins with change {update.FirstChange} after change {LatestChange}");
        }

        var counts = (int[])Counts.Clone();
        foreach (var change in update.Changes)
        {
            counts[change.Lane] += change.Step;
        }

        if (!counts.AsSpan().SequenceEqual(update.Counts))
        {
            throw new FormatException($"update {update.Number} says that [{string.Join(", ", update.Counts)}] wait; its changes make it [{string.Join(", ", counts)}]");
        }

        return this with
        {
            Number = update.Number,
            Counts = update.Counts,
            Pattern = [Pattern[0], Pattern[1], update.Phase],
            LatestChange = LatestChange + update.Changes.Length,
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
        foreach (var (number, place, isNamed) in update.Places.OrderBy(p => p.Number))
        {
            if (number < places.Count)
            {
                places[number] = isNamed ? place : place with { Name = places[number].Name, Kindergarten = places[number].Kindergarten };
            }
            else if (number == places.Count && isNamed)
            {
                places.Add(place);
            }
            else
            {
                throw new FormatException($"update {update.Number} changes place {number}, which nobody was told of");
            }
        }

        return [.. places];
    }
}

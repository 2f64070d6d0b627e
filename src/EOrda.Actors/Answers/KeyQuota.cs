using EOrda.Queues.Recording;
using EOrda.Queues.Time;

namespace EOrda.Actors.Answers;

/// <summary>
/// How many answers an entity keeps of each application's commands decided on one UTC date, so that an application that asks without end fills nobody's
/// room but its own. Another date begins at none.
/// </summary>
internal sealed class KeyQuota
{
    private const long DayMilliseconds = 24 * 60 * 60 * 1000;

    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private long day;

    /// <summary>How long from an instant until counting begins anew.</summary>
    public static TimeSpan UntilNextDate(Moment at) => TimeSpan.FromMilliseconds((DayOf(at) + 1) * DayMilliseconds - at.UnixMilliseconds);

    /// <summary>How many commands of the application were decided on the date.</summary>
    public int CountOf(string application, Moment at) => DayOf(at) == day ? counts.GetValueOrDefault(application) : 0;

    /// <summary>Counts one.</summary>
    public void Count(string application, Moment at)
    {
        if (DayOf(at) != day)
        {
            counts.Clear();
            day = DayOf(at);
        }

        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, application, out _)++;
    }

    /// <summary>Writes the counts; the same counts always give the same bytes.</summary>
    public void Write(ByteWriter to)
    {
        to.Count(day);
        to.Count(counts.Count);
        foreach (var (application, count) in counts.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            to.Text(application);
            to.Count(count);
        }
    }

    /// <summary>Reads the counts, in place of none.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public void Read(ref ByteReader from)
    {
        day = from.Count();
        for (var left = from.ItemCount(); left > 0; left--)
        {
            counts[from.Text()] = from.Index();
        }
    }

    private static long DayOf(Moment at) => at.UnixMilliseconds / DayMilliseconds;
}

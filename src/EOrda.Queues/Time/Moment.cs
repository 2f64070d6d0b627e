using NodaTime;

namespace EOrda.Queues.Time;

/// <summary>An instant with the precision the rules know: milliseconds since the Unix epoch (rules, section 2).</summary>
/// <param name="UnixMilliseconds">Milliseconds since 1970-01-01T00:00Z; may be negative.</param>
public readonly record struct Moment(long UnixMilliseconds) : IComparable<Moment>
{
    /// <summary>Later than every instant that can occur; stands for "not set".</summary>
    public static readonly Moment Never = new(long.MaxValue);

    /// <summary>Earlier than every instant that can occur.</summary>
    public static readonly Moment Beginning = new(long.MinValue);

    /// <summary>The instant, cut down to the millisecond.</summary>
    public static Moment From(Instant instant) => new(instant.ToUnixTimeMilliseconds());

    /// <summary>The instant, cut down to the millisecond.</summary>
    public static Moment From(DateTimeOffset instant) => new(instant.ToUnixTimeMilliseconds());

    /// <summary>The same instant as NodaTime has it.</summary>
    public Instant ToInstant() => Instant.FromUnixTimeMilliseconds(UnixMilliseconds);

    /// <summary>This instant and so many minutes.</summary>
    public Moment PlusMinutes(long minutes) => new(UnixMilliseconds + minutes * 60_000);

    /// <summary>This instant and so many hours.</summary>
    public Moment PlusHours(long hours) => new(UnixMilliseconds + hours * 3_600_000);

    /// <inheritdoc/>
    public int CompareTo(Moment other) => UnixMilliseconds.CompareTo(other.UnixMilliseconds);

    /// <summary>The earlier of the two.</summary>
    public static Moment Min(Moment a, Moment b) => a < b ? a : b;

    /// <summary>The later of the two.</summary>
    public static Moment Max(Moment a, Moment b) => a > b ? a : b;

    /// <summary>UTC with milliseconds, for example <c>2026-06-10T02:00:00.000Z</c>; the two that stand for no instant as a word.</summary>
    public override string ToString() => UnixMilliseconds switch
    {
        long.MaxValue => "never",
        long.MinValue => "the beginning",
        _ => DateTimeOffset.FromUnixTimeMilliseconds(UnixMilliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"),
    };

    /// <summary>Earlier than.</summary>
    public static bool operator <(Moment a, Moment b) => a.UnixMilliseconds < b.UnixMilliseconds;

    /// <summary>Earlier than or the same.</summary>
    public static bool operator <=(Moment a, Moment b) => a.UnixMilliseconds <= b.UnixMilliseconds;

    /// <summary>Later than.</summary>
    public static bool operator >(Moment a, Moment b) => a.UnixMilliseconds > b.UnixMilliseconds;

    /// <summary>Later than or the same.</summary>
    public static bool operator >=(Moment a, Moment b) => a.UnixMilliseconds >= b.UnixMilliseconds;
}

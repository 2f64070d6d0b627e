using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace EOrda.Model.Replay;

/// <summary>
/// replay.md, head: instants are ISO 8601 with offset or Z on the way in, UTC with milliseconds on the way out.
/// Precisions: more than three decimals, no seconds or no offset are malformed.
/// </summary>
internal static partial class InstantText
{
    private static readonly InstantPattern Output = InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss.fff'Z'");

    public static string Write(Instant instant) => Output.Format(instant);

    public static string? WriteOrNull(Instant? instant) => instant is { } known ? Write(known) : null;

    public static Instant Read(string text)
    {
        var match = Shape().Match(text);
        if (!match.Success)
            throw new MalformedLineException($"'{text}' is not an instant with seconds and an offset");
        try
        {
            var local = new LocalDateTime(Part(match, "year"), Part(match, "month"), Part(match, "day"), Part(match, "hour"), Part(match, "minute"), Part(match, "second"))
                .PlusMilliseconds(match.Groups["fraction"].Success ? int.Parse(match.Groups["fraction"].Value.PadRight(3, '0'), CultureInfo.InvariantCulture) : 0);
            return local.WithOffset(ReadOffset(match)).ToInstant();
        }
        catch (Exception fault) when (fault is ArgumentException or OverflowException)
        {
            throw new MalformedLineException($"'{text}' is not a possible instant", fault);
        }
    }

    private static Offset ReadOffset(Match match)
    {
        if (!match.Groups["sign"].Success)
            return Offset.Zero;
        var minutes = Part(match, "minutes");
        if (minutes > 59)
            throw new MalformedLineException("an offset has fewer than 60 minutes");
        var seconds = ((Part(match, "hours") * 60) + minutes) * 60;
        return Offset.FromSeconds(match.Groups["sign"].Value == "-" ? -seconds : seconds);
    }

    private static int Part(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"\A(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})T(?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(\.(?<fraction>[0-9]{1,3}))?(Z|(?<sign>[+-])(?<hours>[0-9]{2}):(?<minutes>[0-9]{2}))\z",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Shape();
}

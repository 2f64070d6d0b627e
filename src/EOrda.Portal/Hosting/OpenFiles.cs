using System.Globalization;

namespace EOrda.Portal.Hosting;

/// <summary>
/// How many of the files that the process may have open connections may take. A process that has none left cannot accept, read its journal, or go on; so
/// some are kept for everything else, and connections beyond are closed at once.
/// </summary>
internal static class OpenFiles
{
    private const string Limits = "/proc/self/limits";
    private const string Line = "Max open files";
    private const int LeastKept = 128;
    private const int KeptShare = 10;

    /// <summary>The most connections, whatever the option says. Unbounded where the system does not tell.</summary>
    public static int ForConnections { get; } = File.Exists(Limits) ? Of(File.ReadLines(Limits)) : int.MaxValue;

    /// <summary>The same from the lines in which Linux tells a process its limits.</summary>
    internal static int Of(IEnumerable<string> limits)
    {
        var line = limits.FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal));
        var soft = line?[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : null;
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var open)
            ? Math.Max(1, open - Math.Max(LeastKept, open / KeptShare))
            : int.MaxValue;
    }
}

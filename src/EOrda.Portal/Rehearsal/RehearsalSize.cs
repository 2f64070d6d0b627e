using System.Globalization;
using EOrda.Portal.Hosting;

namespace EOrda.Portal.Rehearsal;

/// <summary>How large a city is made up for a rehearsal: <c>--rehearsal parents=20000,waiting=80000,queues=4,window=0</c>.</summary>
/// <param name="Parents">Applications at the heads of the queues, whose secrets are written for the load tool.</param>
/// <param name="Waiting">Further applications behind them, which nobody plays.</param>
/// <param name="Queues">Over how many queues all are spread.</param>
/// <param name="Window">How many applications may take a place in priority access, for each such place; 0: every place is in open access.</param>
internal sealed record RehearsalSize(int Parents, int Waiting, int Queues, int Window)
{
    private const int MostParents = 1_000_000;
    private const int MostWaiting = 2_000_000;
    private const int MostQueues = 400;
    private const int WidestWindow = 1_000;

    /// <summary>Reads the option's text; what is not named has its default.</summary>
    /// <exception cref="InvalidSettingException">It names something else, or a number is out of its bounds.</exception>
    public static RehearsalSize Parse(string text)
    {
        var size = new RehearsalSize(Parents: 1_000, Waiting: 0, Queues: 4, Window: 0);
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, value) = part.Split('=') is [var left, var right] ? (left, right) : (part, "");
            size = name switch
            {
                "parents" => size with { Parents = Number(name, value, 1, MostParents) },
                "waiting" => size with { Waiting = Number(name, value, 0, MostWaiting) },
                "queues" => size with { Queues = Number(name, value, 1, MostQueues) },
                "window" => size with { Window = Number(name, value, 0, WidestWindow) },
                _ => throw new InvalidSettingException($"--rehearsal: '{name}' is none of parents, waiting, queues, window."),
            };
        }

        return size.Queues <= size.Parents ? size : throw new InvalidSettingException("--rehearsal: there are more queues than parents.");
    }

    private static int Number(string name, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new InvalidSettingException($"--rehearsal: {name} is a whole number from {least} to {most}, not '{text}'.");
}

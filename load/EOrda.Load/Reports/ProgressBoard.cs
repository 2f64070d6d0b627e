using System.Diagnostics;
using EOrda.Load.Runs;
using Spectre.Console;

namespace EOrda.Load.Reports;

/// <summary>Shows how a run goes: a table that changes in a terminal, a line now and then elsewhere.</summary>
internal sealed class ProgressBoard(IAnsiConsole console, IReadOnlyList<IPart> parts)
{
    private static readonly TimeSpan TableEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    private readonly long begun = Stopwatch.GetTimestamp();
    private string phase = "begins";
    private long updatesBefore;
    private long updatesAt = Stopwatch.GetTimestamp();

    /// <summary>What is being done.</summary>
    public void Say(string what) => phase = what;

    /// <summary>Shows it until the run is over.</summary>
    public async Task ShowAsync(Task run)
    {
        if (!console.Profile.Capabilities.Interactive)
        {
            while (await Task.WhenAny(run, Task.Delay(LineEvery)) != run)
            {
                console.WriteLine(Line());
            }

            return;
        }

        await console.Live(Table()).StartAsync(async context =>
        {
            while (await Task.WhenAny(run, Task.Delay(TableEvery)) != run)
            {
                context.UpdateTarget(Table());
            }

            context.UpdateTarget(Table());
        });
    }

    private static string Text(IEnumerable<KeyValuePair<string, long>> counts)
    {
        var text = string.Join(", ", counts.GroupBy(c => c.Key, StringComparer.Ordinal).OrderByDescending(g => g.Sum(c => c.Value)).Take(6).Select(g => $"{g.Key} {g.Sum(c => c.Value):N0}"));
        return text.Length == 0 ? "none" : text;
    }

    private IEnumerable<(string Name, string Value)> Rows()
    {
        var told = parts.Select(p => p.Progress).OfType<PartProgress>().ToList();
        var updates = told.Sum(t => t.Updates);
        var seconds = Stopwatch.GetElapsedTime(updatesAt).TotalSeconds;
        var rate = Math.Max(0, updates - updatesBefore) / Math.Max(0.001, seconds);
        (updatesBefore, updatesAt) = (updates, Stopwatch.GetTimestamp());
        yield return ("phase", $"{phase} ({Stopwatch.GetElapsedTime(begun):mm\\:ss})");
        yield return ("connected", $"{told.Sum(t => t.Connected):N0}");
        yield return ("pressed", $"{told.Sum(t => t.Pressed):N0}");
        yield return ("won", $"{told.Sum(t => t.Won):N0}");
        yield return ("refused", Text(told.SelectMany(t => t.Refused)));
        yield return ("errors", Text(told.SelectMany(t => t.Errors)));
        yield return ("answers", $"p50 {Most(t => t.P50):N1} ms, p99 {Most(t => t.P99):N1} ms, p99.9 {Most(t => t.P999):N1} ms");
        yield return ("updates", $"{rate:N0}/s, p99 of their age {Most(t => t.Age):N0} ms");

        double Most(Func<PartProgress, double> value) => told.Select(value).DefaultIfEmpty().Max();
    }

    private Table Table()
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn("");
        foreach (var (name, value) in Rows())
        {
            table.AddRow(Markup.Escape(name), Markup.Escape(value));
        }

        return table;
    }

    private string Line() => string.Join("  ", Rows().Select(r => $"{r.Name}: {r.Value}"));
}

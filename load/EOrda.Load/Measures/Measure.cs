using System.Collections.Concurrent;

namespace EOrda.Load.Measures;

/// <summary>What is counted.</summary>
internal enum Count
{
    Connected,
    Reconnected,
    Closed,
    Pressed,
    Answered,
    Won,
    Confirmed,
    Dropped,
    Repeated,
    Retried,
    Updates,
    UpdateBytes,
    Gaps,
    Snapshots,
    Requests,

    /// <summary>Questions of browsers that poll.</summary>
    Polls,

    /// <summary>Turned away because the portal is busy.</summary>
    Busy,

    /// <summary>Turned away because one address or application asks too fast.</summary>
    TooMany,
}

/// <summary>What is timed.</summary>
internal enum Timed
{
    /// <summary>A claim, from the instant at which it was meant to be sent.</summary>
    Claim,

    /// <summary>A claim before the release, which can only be refused.</summary>
    Early,

    /// <summary>A confirmation or a giving up, from the instant at which it was meant to be sent.</summary>
    Afterwards,

    /// <summary>From the beginning of a connection to the first snapshot.</summary>
    Connect,

    /// <summary>From the instant of the first decision that an update tells to its arrival.</summary>
    UpdateAge,

    /// <summary>By how much the tool itself sent later than it meant to.</summary>
    Lag,

    /// <summary>From the instant of a reservation's decision to a browser's seeing the place taken; the same however the browser learns of it.</summary>
    Seen,

    /// <summary>From the instant at which a claim was meant to be sent until it was turned away.</summary>
    TurnedAway,
}

/// <summary>Everything that one process measures in one phase. Safe for use by several threads.</summary>
internal sealed class Measure
{
    /// <summary>The length of a step of the time line, in milliseconds.</summary>
    public const int StepMilliseconds = 100;

    private const int Steps = 6_000;

    private readonly long[] counts = new long[Enum.GetValues<Count>().Length];
    private readonly Times[] times = [.. Enum.GetValues<Timed>().Select(_ => new Times())];
    private readonly ConcurrentDictionary<string, long> refused = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> errors = new(StringComparer.Ordinal);
    private readonly int[] pressed = new int[Steps];
    private readonly int[] answered = new int[Steps];
    private readonly int[] won = new int[Steps];
    private readonly int[] updates = new int[Steps];

    /// <summary>The instant of the tool's clock at which the time line begins, milliseconds.</summary>
    public double TimelineFrom { get; set; }

    /// <summary>Refusals by reason, so far.</summary>
    public IReadOnlyDictionary<string, long> RefusedSoFar => refused.ToDictionary(StringComparer.Ordinal);

    /// <summary>Errors by what they were, so far.</summary>
    public IReadOnlyDictionary<string, long> ErrorsSoFar => errors.ToDictionary(StringComparer.Ordinal);

    /// <summary>Counts.</summary>
    public void Add(Count what, long number = 1) => Interlocked.Add(ref counts[(int)what], number);

    /// <summary>What was counted.</summary>
    public long Of(Count what) => Interlocked.Read(ref counts[(int)what]);

    /// <summary>What was timed.</summary>
    public Times Of(Timed what) => times[(int)what];

    /// <summary>Counts a refusal by its reason.</summary>
    public void Refused(string reason) => refused.AddOrUpdate(reason, 1, (_, count) => count + 1);

    /// <summary>Counts an error by what it was.</summary>
    public void Error(string what) => errors.AddOrUpdate(what, 1, (_, count) => count + 1);

    /// <summary>A press at an instant of the tool's clock.</summary>
    public void Pressed(double at) => Mark(pressed, at, Count.Pressed);

    /// <summary>An answer at an instant of the tool's clock.</summary>
    public void Answered(double at) => Mark(answered, at, Count.Answered);

    /// <summary>A place won at an instant of the tool's clock.</summary>
    public void Won(double at) => Mark(won, at, Count.Won);

    /// <summary>Live updates that reached a browser together at an instant of the tool's clock.</summary>
    public void Updated(double at, int number, int bytes)
    {
        Mark(updates, at, Count.Updates, number);
        Add(Count.UpdateBytes, bytes);
    }

    /// <summary>What was measured so far.</summary>
    public MeasureView View() => new(
        Enum.GetValues<Count>().ToDictionary(what => what, Of),
        new SortedDictionary<string, long>(refused, StringComparer.Ordinal),
        new SortedDictionary<string, long>(errors, StringComparer.Ordinal),
        Enum.GetValues<Timed>().ToDictionary(what => what, what => Of(what).View()),
        new Timeline(Trimmed(pressed), Trimmed(answered), Trimmed(won), Trimmed(updates)));

    private void Mark(int[] line, double at, Count what, int number = 1)
    {
        Add(what, number);
        var step = (at - TimelineFrom) / StepMilliseconds;
        if (step >= 0 && step < Steps)
        {
            Interlocked.Add(ref line[(int)step], number);
        }
    }

    private static int[] Trimmed(int[] line) => line[..(Array.FindLastIndex(line, n => n != 0) + 1)];
}

/// <summary>What was measured in one phase, by one process or by all of them.</summary>
/// <param name="Counts">What was counted.</param>
/// <param name="Refused">Refusals by reason.</param>
/// <param name="Errors">Errors by what they were.</param>
/// <param name="Times">What was timed.</param>
/// <param name="Timeline">What happened when.</param>
internal sealed record MeasureView(
    IReadOnlyDictionary<Count, long> Counts,
    IReadOnlyDictionary<string, long> Refused,
    IReadOnlyDictionary<string, long> Errors,
    IReadOnlyDictionary<Timed, TimesView> Times,
    Timeline Timeline)
{
    /// <summary>What several processes measured together.</summary>
    public static MeasureView Merge(IReadOnlyCollection<MeasureView> all) => new(
        Enum.GetValues<Count>().ToDictionary(what => what, what => all.Sum(one => one.Counts.GetValueOrDefault(what))),
        Summed(all.Select(one => one.Refused)),
        Summed(all.Select(one => one.Errors)),
        Enum.GetValues<Timed>().ToDictionary(what => what, what => Measures.Times.Merge(all.Select(one => one.Times.GetValueOrDefault(what, TimesView.None)))),
        new Timeline(
            Summed(all.Select(one => one.Timeline.Pressed)),
            Summed(all.Select(one => one.Timeline.Answered)),
            Summed(all.Select(one => one.Timeline.Won)),
            Summed(all.Select(one => one.Timeline.Updates))));

    /// <summary>The number counted.</summary>
    public long Of(Count what) => Counts.GetValueOrDefault(what);

    /// <summary>The durations.</summary>
    public TimesView Of(Timed what) => Times.GetValueOrDefault(what, TimesView.None);

    private static SortedDictionary<string, long> Summed(IEnumerable<IReadOnlyDictionary<string, long>> all) =>
        new(all.SelectMany(one => one).GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(pair => pair.Value)), StringComparer.Ordinal);

    private static int[] Summed(IEnumerable<IReadOnlyList<int>> all)
    {
        var lines = all.ToList();
        var sum = new int[lines.Select(line => line.Count).DefaultIfEmpty().Max()];
        foreach (var line in lines)
        {
            for (var i = 0; i < line.Count; i++)
            {
                sum[i] += line[i];
            }
        }

        return sum;
    }
}

/// <summary>What happened in each tenth of a second.</summary>
/// <param name="Pressed">Claims sent for the first time.</param>
/// <param name="Answered">Claims answered.</param>
/// <param name="Won">Places won.</param>
/// <param name="Updates">Live updates that reached a browser.</param>
internal sealed record Timeline(IReadOnlyList<int> Pressed, IReadOnlyList<int> Answered, IReadOnlyList<int> Won, IReadOnlyList<int> Updates);

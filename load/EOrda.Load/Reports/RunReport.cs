using EOrda.Load.Books;
using EOrda.Load.Measures;
using EOrda.Load.Portal;
using EOrda.Load.Scenarios;

namespace EOrda.Load.Reports;

/// <summary>One phase of a run.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Offered">Claims offered a second; null where parents press when they like.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Measure">What was measured.</param>
/// <param name="Use">What the portal used, where its process is known.</param>
internal sealed record PhaseReport(string Name, double? Offered, double Seconds, MeasureView Measure, PortalUse? Use)
{
    /// <summary>True for a step of an overload.</summary>
    public bool IsOffered { get; init; }

    /// <summary>Among which hostile clients; null for none.</summary>
    public string? Among { get; init; }

    /// <summary>Bytes that the portal allocated; null where it does not tell.</summary>
    public double? Allocated { get; init; }

    /// <summary>The same for each claim, where there was nothing but claims; else null.</summary>
    public double? AllocatedPerClaim => Offered is not null && Measure.Of(Count.Answered) > 0 ? Allocated / Measure.Of(Count.Answered) : null;

    /// <summary>Claims answered a second, up to the last answer.</summary>
    public double Served => Measure.Timeline.Answered.Count == 0 ? 0
        : Measure.Of(Count.Answered) / (Measure.Timeline.Answered.Count * Measures.Measure.StepMilliseconds / 1_000.0);
}

/// <summary>How a morning's race went.</summary>
/// <param name="Places">New places that became available, without those that came back from before.</param>
/// <param name="Taken">Places that were won, new ones and those that came back; one given up and won again counts twice.</param>
/// <param name="DecidedAfter">Milliseconds from the release to the answer that gave the last place away; null when none was won.</param>
/// <param name="NineTenthsAfter">The same of nine tenths of those won.</param>
/// <param name="Fairness">How the wins fell.</param>
internal sealed record RaceReport(int Places, int Taken, double? DecidedAfter, double? NineTenthsAfter, IReadOnlyList<FairnessRow> Fairness);

/// <summary>What the portal used in the whole.</summary>
/// <param name="MemoryBefore">Memory before anybody came, bytes.</param>
/// <param name="MemoryConnected">Memory when all were there.</param>
/// <param name="MemoryPeak">The most memory seen at the end of a phase.</param>
/// <param name="Connections">Live connections when all were there.</param>
internal sealed record PortalMemory(long MemoryBefore, long MemoryConnected, long MemoryPeak, long Connections)
{
    /// <summary>Memory of a connection, bytes.</summary>
    public double PerConnection => Connections == 0 ? 0 : (MemoryConnected - MemoryBefore) / (double)Connections;
}

/// <summary>A run.</summary>
/// <param name="Scenario">What was played.</param>
/// <param name="Begun">When it began.</param>
/// <param name="Machine">Where it ran.</param>
/// <param name="Parts">How many processes played it.</param>
/// <param name="Phases">Its phases.</param>
/// <param name="Races">Its mornings.</param>
/// <param name="Memory">The portal's memory, where its process is known.</param>
/// <param name="Verdict">What the judge says.</param>
/// <param name="Journal">What the journal's audit says; null where the data directory is not known.</param>
/// <param name="Stopped">Why the run was stopped before its end; null when it was not.</param>
internal sealed record RunReport(
    Scenario Scenario,
    DateTimeOffset Begun,
    string Machine,
    int Parts,
    IReadOnlyList<PhaseReport> Phases,
    IReadOnlyList<RaceReport> Races,
    PortalMemory? Memory,
    Verdict? Verdict,
    JournalFinding? Journal,
    string? Stopped)
{
    /// <summary>True when nothing contradicts anything and the run came to its end.</summary>
    public bool IsSound => Stopped is null && Verdict is { Contradictions.Count: 0 } && Journal is null or { IsSound: true };

    /// <summary>The phase that tells most: the last morning, the busiest step, or the last.</summary>
    public PhaseReport? Main => Phases.LastOrDefault(p => p.Name.StartsWith("morning", StringComparison.Ordinal)) ?? Phases.Where(p => p.Offered is not null).MaxBy(p => p.Served) ?? (Phases.Count == 0 ? null : Phases[^1]);
}

namespace EOrda.Model.Generation;

/// <summary>What a generated file dwells on: weights of the moves, relative to 10.</summary>
internal sealed record Profile
{
    public static readonly IReadOnlyDictionary<string, Profile> ByName = new Dictionary<string, Profile>
    {
        ["mixed"] = new(),
        ["twins"] = new() { Twins = 50, Rush = 5, Junes = 6, CleanUps = 6 },
        ["calendar"] = new() { Jumps = 30, ExoticZones = 90, Amendments = 30, Transitions = 40 },
        ["long"] = new() { LongJumps = 14, CleanUps = 50, Junes = 80, Jumps = 15 },
        ["race"] = new() { Rush = 60, Limits = 25, Twins = 15, LongJumps = 0, Junes = 2, CleanUps = 2 },
        ["limits"] = new() { Limits = 60, Rush = 20, Corrections = 15, GeneralKind = 90, OneQueue = true, LongJumps = 1, Junes = 4, CleanUps = 2 },
        ["carry"] = new() { Carry = 100, Rush = 40, OrderQueries = 35, GeneralKind = 95, OneQueue = true, Twins = 6, LongJumps = 0, Junes = 2, CleanUps = 2 },
    };

    public int Twins { get; init; } = 10;

    public int Rush { get; init; } = 10;

    public int Jumps { get; init; } = 10;

    public int CleanUps { get; init; } = 10;

    public int Junes { get; init; } = 15;

    public int Limits { get; init; } = 10;

    public int Amendments { get; init; } = 10;

    public int Corrections { get; init; } = 10;

    /// <summary>Percent of waits that last months or years.</summary>
    public int LongJumps { get; init; } = 2;

    /// <summary>Percent of localities in zones whose clocks misbehave.</summary>
    public int ExoticZones { get; init; } = 40;

    /// <summary>Percent of waits that go to a change of offset.</summary>
    public int Transitions { get; init; } = 4;

    /// <summary>Percent of localities with `carry`.</summary>
    public int Carry { get; init; } = 35;

    /// <summary>Percent of commands followed by a look at the order.</summary>
    public int OrderQueries { get; init; } = 10;

    /// <summary>Percent of filings in the general kind.</summary>
    public int GeneralKind { get; init; } = 72;

    /// <summary>Most children of one cohort.</summary>
    public bool OneQueue { get; init; }
}

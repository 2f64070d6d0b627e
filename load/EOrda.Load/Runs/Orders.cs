using EOrda.Load.Books;
using EOrda.Load.Hostile;
using EOrda.Load.Live;
using EOrda.Load.Measures;
using EOrda.Load.Parents;
using EOrda.Load.Portal;
using EOrda.Load.Scenarios;

namespace EOrda.Load.Runs;

/// <summary>What the coordinator orders all parts of a run to do.</summary>
internal enum OrderKind
{
    /// <summary>Parents and watchers come to the page.</summary>
    Connect,

    /// <summary>Wait for the release, press, confirm.</summary>
    Morning,

    /// <summary>The server's clock was moved: measure it anew, and watch for a while.</summary>
    Watch,

    /// <summary>Claims at a rate.</summary>
    Claims,

    /// <summary>Claims at a rate, those that are turned away not sent again.</summary>
    Offer,

    /// <summary>Hostile clients of a kind begin.</summary>
    Attack,

    /// <summary>Hostile clients end.</summary>
    Retreat,

    /// <summary>Tell what is on the pages in the end.</summary>
    Finish,
}

/// <summary>One order; what an order does not need is left out.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Release">Morning: the release, Unix milliseconds of the server.</param>
/// <param name="Seconds">Watch, claims, offer: how long.</param>
/// <param name="PerSecond">Claims, offer: the rate of all parts together.</param>
/// <param name="IsNothing">Claims: true for the request that does nothing.</param>
/// <param name="Attack">Attack: who.</param>
internal sealed record Order(OrderKind Kind, long Release = 0, double Seconds = 0, double PerSecond = 0, bool IsNothing = false, HostileKind Attack = HostileKind.Bots);

/// <summary>What one part of a run is to play.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Address">The portal.</param>
/// <param name="Permission">What the operator wrote to load another machine.</param>
/// <param name="Part">Which part, from 0 on.</param>
/// <param name="Parts">How many parts there are.</param>
/// <param name="Parents">The part's own parents.</param>
/// <param name="Queues">All queues.</param>
internal sealed record Assignment(
    Scenario Scenario,
    Uri Address,
    string? Permission,
    int Part,
    int Parts,
    IReadOnlyList<Credential> Parents,
    IReadOnlyList<string> Queues);

/// <summary>What came of an order.</summary>
/// <param name="Measure">What was measured.</param>
/// <param name="Told">What parents were told.</param>
/// <param name="Presses">The first presses.</param>
/// <param name="End">What is on the pages in the end; only of <see cref="OrderKind.Finish"/>.</param>
internal sealed record PartAnswer(MeasureView Measure, IReadOnlyList<Told> Told, IReadOnlyList<Press> Presses, PartEnd? End);

/// <summary>What is on the pages of a part in the end.</summary>
/// <param name="Pictures">The live picture of each queue.</param>
/// <param name="Positions">Positions that were followed.</param>
/// <param name="Contradictions">What did not fit on the way.</param>
internal sealed record PartEnd(IReadOnlyList<Picture> Pictures, IReadOnlyList<FollowedPosition> Positions, IReadOnlyList<string> Contradictions);

/// <summary>How far a part is.</summary>
/// <param name="Phase">What it does.</param>
/// <param name="Connected">Live connections that are open.</param>
/// <param name="Pressed">Claims sent.</param>
/// <param name="Won">Places won.</param>
/// <param name="Updates">Updates received.</param>
/// <param name="Requests">Commands sent.</param>
/// <param name="P50">The median of the answers, milliseconds.</param>
/// <param name="P99">Their 99th percentile.</param>
/// <param name="P999">Their 99.9th percentile.</param>
/// <param name="Age">The 99th percentile of the updates' age.</param>
/// <param name="Refused">Refusals by reason.</param>
/// <param name="Errors">Errors by what they were.</param>
internal sealed record PartProgress(
    string Phase,
    long Connected,
    long Pressed,
    long Won,
    long Updates,
    long Requests,
    double P50,
    double P99,
    double P999,
    double Age,
    IReadOnlyDictionary<string, long> Refused,
    IReadOnlyDictionary<string, long> Errors);

/// <summary>A part of a run: this process, or a worker somewhere else.</summary>
internal interface IPart : IAsyncDisposable
{
    /// <summary>Does what is ordered.</summary>
    Task<PartAnswer> DoAsync(Order order, CancellationToken cancel);

    /// <summary>How far it is; null when nothing is known yet.</summary>
    PartProgress? Progress { get; }
}

namespace EOrda.Load.Scenarios;

/// <summary>What a scenario does.</summary>
internal enum ScenarioKind
{
    /// <summary>Mornings: parents connect, press around the release, confirm or not (<c>rush</c>, <c>day</c>, <c>watch</c>, <c>soak</c>).</summary>
    Morning,

    /// <summary>Claims at a rate that grows until the portal cannot follow.</summary>
    Ramp,

    /// <summary>Steady claims, alone and among each kind of hostile clients.</summary>
    Hostile,

    /// <summary>Claims at multiples of the rate that the portal can serve.</summary>
    Overload,
}

/// <summary>How browsers learn what happens.</summary>
internal enum LiveKind
{
    /// <summary>The hub tells them, over a WebSocket.</summary>
    Socket,

    /// <summary>They ask again and again.</summary>
    Poll,
}

/// <summary>A rehearsal as its file describes it. Times are in seconds of the real time, shares from 0 to 1.</summary>
internal sealed record Scenario
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public string About { get; init; } = "";

    /// <summary>What it does.</summary>
    public ScenarioKind Kind { get; init; }

    /// <summary>Where the chance of everything begins; the same seed makes the same plans.</summary>
    public int Seed { get; init; } = 700;

    /// <summary>What a portal that the tool starts is told besides, as on its command line.</summary>
    public string[] Portal { get; init; } = [];

    /// <summary>The city.</summary>
    public required CityPlan City { get; init; }

    /// <summary>How parents come to the page.</summary>
    public ArrivalPlan Arrival { get; init; } = new();

    /// <summary>How parents press.</summary>
    public PressPlan Press { get; init; } = new();

    /// <summary>What parents do with a place that they have won.</summary>
    public WinnerPlan Winners { get; init; } = new();

    /// <summary>The mornings.</summary>
    public DayPlan Day { get; init; } = new();

    /// <summary>The steps of a ramp, those by which an overload finds the capacity, and the steady rate among hostile clients.</summary>
    public ClaimsPlan Claims { get; init; } = new();

    /// <summary>The hostile clients.</summary>
    public HostilePlan Hostile { get; init; } = new();

    /// <summary>The overload.</summary>
    public OverloadPlan Overload { get; init; } = new();

    /// <summary>Where the tool stops by itself.</summary>
    public Bounds Bounds { get; init; } = new();
}

/// <summary>The city.</summary>
internal sealed record CityPlan
{
    /// <summary>Parents who press.</summary>
    public int Parents { get; init; } = 1_000;

    /// <summary>Browsers that only watch.</summary>
    public int Watchers { get; init; }

    /// <summary>Places of a morning.</summary>
    public int Places { get; init; } = 100;

    /// <summary>Queues over which all are spread.</summary>
    public int Queues { get; init; } = 4;

    /// <summary>Applications behind the parents that nobody plays.</summary>
    public int Waiting { get; init; }

    /// <summary>Applications that may take a place in priority access for each such place; 0: open access.</summary>
    public int Window { get; init; }
}

/// <summary>How parents come to the page.</summary>
internal sealed record ArrivalPlan
{
    /// <summary>Connections begun a second.</summary>
    public int PerSecond { get; init; } = 500;

    /// <summary>Quiet time between the last arrival and the release.</summary>
    public double SettleSeconds { get; init; } = 5;

    /// <summary>How browsers learn what happens.</summary>
    public LiveKind Live { get; init; }

    /// <summary>How long a browser that polls waits from one answer to the next question.</summary>
    public double PollSeconds { get; init; } = 1.5;

    /// <summary>Which part of the parents has the live picture.</summary>
    public double LiveShare { get; init; } = 1;

    /// <summary>Which part of the live connections is lost just before the release and made again.</summary>
    public double DropShare { get; init; }

    /// <summary>How often a browser asks the server's time, the quickest answer counting.</summary>
    public int TimeSamples { get; init; } = 2;

    /// <summary>HTTP connections shared by the parents of one process.</summary>
    public int HttpConnections { get; init; } = 1_024;
}

/// <summary>How parents press.</summary>
internal sealed record PressPlan
{
    /// <summary>Within how many seconds after the release browsers press, evenly.</summary>
    public double SpreadSeconds { get; init; } = 2;

    /// <summary>Which part are machines, which press within the first millisecond.</summary>
    public double MachineShare { get; init; } = 0.02;

    /// <summary>Which part of the browsers' parents also tries before the release, and hears that it is too early.</summary>
    public double EarlyShare { get; init; }

    /// <summary>The shortest and longest time before the release at which they do.</summary>
    public double[] EarlySeconds { get; init; } = [2, 10];

    /// <summary>The median of the way to the portal and back, in milliseconds; log-normal.</summary>
    public double RoundTripMedianMilliseconds { get; init; } = 20;

    /// <summary>The spread of that (sigma of the logarithm).</summary>
    public double RoundTripSigma { get; init; } = 0.6;

    /// <summary>How unevenly places are liked: 1 evenly, 2 the first ones more, and so on.</summary>
    public double Popularity { get; init; } = 1.5;

    /// <summary>How often a parent tries, each time another place that is free in their picture.</summary>
    public int Tries { get; init; } = 3;

    /// <summary>The shortest and longest time that a browser's parent thinks before trying again.</summary>
    public double[] ThinkSeconds { get; init; } = [0.3, 1];

    /// <summary>Which part of the answers is asked for once more with the same key, as after a lost answer.</summary>
    public double RepeatShare { get; init; } = 0.02;
}

/// <summary>What parents do with a place that they have won. The rest lets it lapse.</summary>
internal sealed record WinnerPlan
{
    /// <summary>The part that confirms.</summary>
    public double ConfirmShare { get; init; } = 0.8;

    /// <summary>The part that gives it up.</summary>
    public double DropShare { get; init; } = 0.1;

    /// <summary>The shortest and longest time until then.</summary>
    public double[] AfterSeconds { get; init; } = [1, 8];
}

/// <summary>The mornings.</summary>
internal sealed record DayPlan
{
    /// <summary>How many, one after another; a referral lives five working days, and so long can it be judged.</summary>
    public int Mornings { get; init; } = 1;

    /// <summary>Local times of day to which the clock goes on after the rush, <c>HH:mm:ss</c>.</summary>
    public string[] Clock { get; init; } = [];

    /// <summary>How long the live updates are looked at after each of them and after the rush.</summary>
    public double WatchSeconds { get; init; } = 2;
}

/// <summary>Claims at given rates.</summary>
internal sealed record ClaimsPlan
{
    /// <summary>A step that serves less than this part of its rate is the last of a ramp.</summary>
    public const double FollowsNoMore = 0.9;

    /// <summary>The first rate, claims a second; of a hostile scenario the only one.</summary>
    public int PerSecond { get; init; } = 500;

    /// <summary>By which factor each step of a ramp is faster than the one before.</summary>
    public double Growth { get; init; } = 1.5;

    /// <summary>How long a step lasts.</summary>
    public double StepSeconds { get; init; } = 4;

    /// <summary>The most steps.</summary>
    public int Steps { get; init; } = 12;

    /// <summary>A step whose 99th percentile is above is the last.</summary>
    public double LimitMilliseconds { get; init; } = 1_000;

    /// <summary>True when the same steps are taken with a request that does nothing, to compare with.</summary>
    public bool CompareWithNothing { get; init; } = true;
}

/// <summary>How many of each hostile client there are.</summary>
internal sealed record HostilePlan
{
    /// <summary>Bots that claim with good secrets as fast as they are answered.</summary>
    public int Hammers { get; init; } = 8;

    /// <summary>Clients that send bad input: wrong secrets, broken JSON, bodies too large, addresses that do not exist.</summary>
    public int BadInputs { get; init; } = 8;

    /// <summary>Watchers that never read.</summary>
    public int DeafWatchers { get; init; } = 100;

    /// <summary>Connections that send a header's letter a second.</summary>
    public int SlowLoris { get; init; } = 200;

    /// <summary>Bodies that never end.</summary>
    public int EndlessBodies { get; init; } = 50;

    /// <summary>WebSockets that say nothing after the upgrade.</summary>
    public int HalfOpen { get; init; } = 200;

    /// <summary>Watchers of a queue in which nothing happens.</summary>
    public int IdleWatchers { get; init; } = 1_000;
}

/// <summary>Claims beyond what the portal can serve.</summary>
internal sealed record OverloadPlan
{
    /// <summary>The loads, as multiples of the most that was served.</summary>
    public double[] Multiples { get; init; } = [0.5, 1, 2, 3, 5];

    /// <summary>How long each of them lasts.</summary>
    public double StepSeconds { get; init; } = 8;

    /// <summary>Connections over which claims go.</summary>
    public int Connections { get; init; } = 2_000;
}

/// <summary>Where the tool stops by itself, whatever else is asked for.</summary>
internal sealed record Bounds
{
    /// <summary>The most requests of the whole run.</summary>
    public long Requests { get; init; } = 2_000_000;

    /// <summary>The most seconds of the whole run.</summary>
    public int Seconds { get; init; } = 900;

    /// <summary>The most connections of the whole run.</summary>
    public int Connections { get; init; } = 60_000;
}

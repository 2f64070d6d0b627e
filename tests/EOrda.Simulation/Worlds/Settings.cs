using EOrda.Actors;

namespace EOrda.Simulation.Worlds;

/// <summary>What a seed makes of a simulation: how big the city, how narrow the node's bounds, which faults how often.</summary>
internal sealed record Settings
{
    /// <summary>The node's bounds, most of them far narrower than in life.</summary>
    public required NodeOptions Node { get; init; }

    /// <summary>How many days the load goes on.</summary>
    public required int Days { get; init; }

    /// <summary>Applications filed before the first day in the busiest queue, and in each of the others.</summary>
    public required int HotFamilies { get; init; }

    /// <inheritdoc cref="HotFamilies"/>
    public required int Families { get; init; }

    /// <summary>Requests in the first seconds after the release, in the busiest queue.</summary>
    public required int RaceCallers { get; init; }

    /// <summary>Requests an hour outside the race.</summary>
    public required int RequestsAnHour { get; init; }

    /// <summary>How often a millisecond passes between two pieces of work.</summary>
    public required double TickChance { get; init; }

    /// <summary>The faults.</summary>
    public required FaultSettings Faults { get; init; }

    /// <summary>What a seed makes.</summary>
    public static Settings From(int seed)
    {
        var dice = new Dice(seed, 1);
        return new Settings
        {
            Days = dice.Between(1, 3),
            HotFamilies = dice.Between(40, 220),
            Families = dice.Between(3, 15),
            RaceCallers = dice.Between(60, 400),
            RequestsAnHour = dice.Between(40, 160),
            TickChance = dice.Weighted<double>([(3, 0.02), (2, 0.3), (1, 0)]),
            Node = new NodeOptions
            {
                MailboxCapacity = dice.Weighted([(5, 20_000), (1, 40)]),
                MessagesPerRun = dice.Weighted([(3, 512), (2, 8), (1, 1)]),
                MessagesWorthARun = new Dice(seed, 8).Weighted([(2, 4), (1, 64), (2, 1)]),
                RecordsInFlight = dice.Weighted([(3, 8_192), (1, 64), (1, 4)]),
                TransactionBytes = dice.Weighted([(3, 4 << 20), (1, 2_000), (1, 1)]),
                RecordsPerSnapshot = dice.Weighted([(1, 1_000_000), (2, 50), (2, 7), (1, 1)]),
                IdleBeforePassivation = dice.Weighted([(2, TimeSpan.FromMinutes(10)), (1, TimeSpan.FromSeconds(30)), (1, TimeSpan.Zero)]),
                LiveInterval = dice.Weighted([(3, TimeSpan.FromMilliseconds(100)), (1, TimeSpan.Zero)]),
                LiveChanges = dice.Weighted([(4, 1_000), (1, 3)]),
            },
            Faults = FaultSettings.From(new Dice(seed, 2)),
        };
    }
}

/// <summary>How often each fault happens; 0 for the many seeds in which it does not.</summary>
internal sealed record FaultSettings
{
    /// <summary>The process dies: chances a piece of work, and before and after a write.</summary>
    public double CrashAtWork { get; init; }

    /// <inheritdoc cref="CrashAtWork"/>
    public double CrashInWrite { get; init; }

    /// <summary>The process is stopped properly and started again, times an hour.</summary>
    public double Restart { get; init; }

    /// <summary>A write, a read, a snapshot fails.</summary>
    public double WriteError { get; init; }

    /// <inheritdoc cref="WriteError"/>
    public double ReadError { get; init; }

    /// <inheritdoc cref="WriteError"/>
    public double SnapshotError { get; init; }

    /// <summary>The disk is full for some seconds, times an hour.</summary>
    public double DiskFull { get; init; }

    /// <summary>A write takes long and other work goes on meanwhile.</summary>
    public double SlowWrite { get; init; }

    /// <summary>A byte of a stored record changes, times an hour.</summary>
    public double Corruption { get; init; }

    /// <summary>The clock is set forward or back, times an hour.</summary>
    public double ClockStep { get; init; }

    /// <summary>An entity is put to rest or throws: chances a piece of work.</summary>
    public double Passivation { get; init; }

    /// <inheritdoc cref="Passivation"/>
    public double Throw { get; init; }

    /// <summary>A listener throws: chance an update.</summary>
    public double ListenerThrow { get; init; }

    /// <summary>A request or its answer gets lost on the way, so that the caller times out and asks again with the same key.</summary>
    public double LostOnTheWay { get; init; }

    /// <summary>A request arrives twice.</summary>
    public double Duplicate { get; init; }

    /// <summary>A request takes seconds to arrive, behind later ones.</summary>
    public double Late { get; init; }

    /// <summary>A caller goes away without waiting for the answer.</summary>
    public double Vanish { get; init; }

    /// <summary>Draws each fault by itself: one seed in eight has none, the others about half of them.</summary>
    public static FaultSettings From(Dice dice)
    {
        var none = dice.Chance(0.125);
        double Maybe(double from, double to) => !none & dice.Chance(0.5) ? dice.Between(from, to) : 0;
        return new FaultSettings
        {
            CrashAtWork = Maybe(0.000_05, 0.000_5),
            CrashInWrite = Maybe(0.000_5, 0.01),
            Restart = Maybe(0.1, 0.5),
            WriteError = Maybe(0.001, 0.02),
            ReadError = Maybe(0.001, 0.02),
            SnapshotError = Maybe(0.01, 0.3),
            DiskFull = Maybe(0.1, 1),
            SlowWrite = Maybe(0.01, 0.5),
            Corruption = Maybe(0.05, 0.3),
            ClockStep = Maybe(0.1, 1),
            Passivation = Maybe(0.000_1, 0.01),
            Throw = Maybe(0.000_1, 0.002),
            ListenerThrow = Maybe(0.01, 0.1),
            LostOnTheWay = Maybe(0.01, 0.2),
            Duplicate = Maybe(0.01, 0.2),
            Late = Maybe(0.01, 0.2),
            Vanish = Maybe(0.01, 0.1),
        };
    }
}

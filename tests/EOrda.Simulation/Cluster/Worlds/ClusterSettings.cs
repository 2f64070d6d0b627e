using EOrda.Actors.Hosting;
using EOrda.Simulation.Worlds;

namespace EOrda.Simulation.Cluster.Worlds;

/// <summary>What a seed makes of a cluster: how many nodes, how narrow their bounds, how big the city, which faults how often.</summary>
internal sealed record ClusterSettings
{
    /// <summary>How many nodes.</summary>
    public required int Nodes { get; init; }

    /// <summary>The nodes' bounds, most of them far narrower than in life.</summary>
    public required ActorsBounds Bounds { get; init; }

    /// <summary>Messages that a mailbox handles in one run.</summary>
    public required int Throughput { get; init; }

    /// <summary>Transactions that a node writes side by side, and pages that one takes.</summary>
    public required int Writers { get; init; }

    /// <inheritdoc cref="Writers"/>
    public required int MostInTransaction { get; init; }

    /// <summary>How long a transaction and a read take at most when nothing is wrong.</summary>
    public required TimeSpan WriteTime { get; init; }

    /// <inheritdoc cref="WriteTime"/>
    public required TimeSpan ReadTime { get; init; }

    /// <summary>How often a millisecond passes between two pieces of work.</summary>
    public required double TickChance { get; init; }

    /// <summary>How many days the load goes on.</summary>
    public required int Days { get; init; }

    /// <summary>Whether the nodes are up all night.</summary>
    public required bool HasWholeNights { get; init; }

    /// <summary>Applications filed before the first day in the busiest queue, and in each of the others.</summary>
    public required int HotFamilies { get; init; }

    /// <inheritdoc cref="HotFamilies"/>
    public required int Families { get; init; }

    /// <summary>Requests in the first seconds after the release, in the busiest queue.</summary>
    public required int RaceCallers { get; init; }

    /// <summary>Requests an hour outside the race.</summary>
    public required int RequestsAnHour { get; init; }

    /// <summary>The faults.</summary>
    public required ClusterFaultSettings Faults { get; init; }

    /// <summary>What a seed makes.</summary>
    public static ClusterSettings From(int seed)
    {
        var dice = new Dice(seed, 1);
        return new ClusterSettings
        {
            Nodes = dice.Between(1, 3),
            Throughput = dice.Weighted([(2, 100), (2, 5), (1, 1)]),
            Writers = dice.Between(1, 2),
            MostInTransaction = dice.Weighted([(2, 1_000), (1, 3), (1, 1)]),
            WriteTime = TimeSpan.FromMilliseconds(dice.Weighted([(1, 0), (2, 5), (1, 100)])),
            ReadTime = TimeSpan.FromMilliseconds(dice.Weighted([(1, 0), (2, 20), (1, 500)])),
            TickChance = dice.Weighted<double>([(3, 0.02), (2, 0.3), (1, 0)]),
            Days = dice.Between(1, 2),
            HasWholeNights = new Dice(seed, 10).Chance(0.2),
            HotFamilies = dice.Between(30, 120),
            Families = dice.Between(2, 10),
            RaceCallers = dice.Between(40, 250),
            RequestsAnHour = dice.Between(40, 160),
            Bounds = new ActorsBounds
            {
                Waiting = dice.Weighted([(5, 20_000), (1, 60)]),
                WaitingForEntity = dice.Weighted([(5, 20_000), (1, 40)]),
                ReplyTimeout = TimeSpan.FromSeconds(dice.Weighted([(2, 20), (1, 5)])),
                PageBytes = dice.Weighted([(3, 1 << 20), (1, 2_000), (1, 1)]),
                UnstoredBytes = dice.Weighted([(4, 8 << 20), (1, 20_000)]),
                GatheringFrom = dice.Weighted([(2, 16), (2, 1), (1, 3)]),
                RecordsPerSnapshot = dice.Weighted([(1, 1_000_000), (2, 50), (2, 7), (1, 1)]),
            },
            Faults = ClusterFaultSettings.From(new Dice(seed, 2)),
        };
    }
}

/// <summary>How often each fault happens; 0 for the many seeds in which it does not.</summary>
internal sealed record ClusterFaultSettings
{
    /// <summary>A node dies: chance a piece of work.</summary>
    public double CrashAtWork { get; init; }

    /// <summary>A node is stopped properly and started again, is cut off from the others, an entity moves, an entity has two instances: times an hour.</summary>
    public double Restart { get; init; }

    /// <inheritdoc cref="Restart"/>
    public double Partition { get; init; }

    /// <inheritdoc cref="Restart"/>
    public double Move { get; init; }

    /// <inheritdoc cref="Restart"/>
    public double TwoInstances { get; init; }

    /// <summary>Chances a transaction: nothing is stored and the database says so, nothing is stored, it is stored and reported as failed, it takes long, it takes longer than anyone waits.</summary>
    public double WriteRefused { get; init; }

    /// <inheritdoc cref="WriteRefused"/>
    public double WriteFailed { get; init; }

    /// <inheritdoc cref="WriteRefused"/>
    public double WriteUnreported { get; init; }

    /// <inheritdoc cref="WriteRefused"/>
    public double WriteSlow { get; init; }

    /// <inheritdoc cref="WriteRefused"/>
    public double WriteStuck { get; init; }

    /// <summary>The database is down for some seconds, times an hour.</summary>
    public double DatabaseDown { get; init; }

    /// <summary>A read fails; a snapshot is not saved, is lost, only an old one is found.</summary>
    public double ReadError { get; init; }

    /// <inheritdoc cref="ReadError"/>
    public double SnapshotError { get; init; }

    /// <summary>An entity throws: chance a piece of work.</summary>
    public double Throw { get; init; }

    /// <summary>Between nodes a message gets lost, arrives twice, arrives late.</summary>
    public double MessageLost { get; init; }

    /// <inheritdoc cref="MessageLost"/>
    public double MessageDoubled { get; init; }

    /// <inheritdoc cref="MessageLost"/>
    public double MessageLate { get; init; }

    /// <summary>A process stands still for some minutes: chance of a step with which it would have gone on.</summary>
    public double ProcessStalls { get; init; }

    /// <summary>The clock of all nodes is set forward, times an hour.</summary>
    public double ClockStep { get; init; }

    /// <summary>A request or its answer gets lost on the way to a node, arrives twice, arrives late; a caller goes away.</summary>
    public double LostOnTheWay { get; init; }

    /// <inheritdoc cref="LostOnTheWay"/>
    public double Duplicate { get; init; }

    /// <inheritdoc cref="LostOnTheWay"/>
    public double Late { get; init; }

    /// <inheritdoc cref="LostOnTheWay"/>
    public double Vanish { get; init; }

    /// <summary>Draws each fault by itself: one seed in eight has none, the others about half of them.</summary>
    public static ClusterFaultSettings From(Dice dice)
    {
        var none = dice.Chance(0.125);
        double Maybe(double from, double to) => !none & dice.Chance(0.5) ? dice.Between(from, to) : 0;
        return new ClusterFaultSettings
        {
            CrashAtWork = Maybe(0.000_01, 0.000_2),
            Restart = Maybe(0.1, 0.5),
            Partition = Maybe(0.1, 1),
            Move = Maybe(1, 30),
            TwoInstances = Maybe(1, 10),
            WriteRefused = Maybe(0.001, 0.01),
            WriteFailed = Maybe(0.001, 0.01),
            WriteUnreported = Maybe(0.001, 0.01),
            WriteSlow = Maybe(0.01, 0.3),
            WriteStuck = Maybe(0.000_1, 0.001),
            DatabaseDown = Maybe(0.1, 1),
            ReadError = Maybe(0.001, 0.02),
            SnapshotError = Maybe(0.01, 0.3),
            Throw = Maybe(0.000_01, 0.000_3),
            MessageLost = Maybe(0.001, 0.02),
            MessageDoubled = Maybe(0.001, 0.05),
            MessageLate = Maybe(0.001, 0.05),
            ClockStep = Maybe(0.1, 1),
            ProcessStalls = Maybe(0.02, 0.2),
            LostOnTheWay = Maybe(0.01, 0.2),
            Duplicate = Maybe(0.01, 0.2),
            Late = Maybe(0.01, 0.2),
            Vanish = Maybe(0.01, 0.1),
        };
    }
}

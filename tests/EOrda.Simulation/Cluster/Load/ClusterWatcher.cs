using EOrda.Actors;
using EOrda.Actors.Live;
using EOrda.Actors.Queries;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Simulation.Checks;
using EOrda.Simulation.Cluster.Nodes;
using EOrda.Simulation.Load;
using EOrda.Simulation.Worlds;

namespace EOrda.Simulation.Cluster.Load;

/// <summary>
/// One who watches a queue during the load: connects to another node when its own dies, takes a snapshot anew when told to, and follows some positions.
/// </summary>
internal sealed class ClusterWatcher(ClusterWorld world, Town town, QueueKey queue, int number)
{
    private const int MostFollowed = 4;
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly Dice dice = new(world.Seed, 100 + number);
    private Session? session;

    /// <summary>The queue watched.</summary>
    public QueueKey Queue { get; } = queue;

    /// <summary>True when it has a picture that lacks nothing that it was told of.</summary>
    public bool IsUp => session is { IsUp: true, Picture: { MustReload: false } };

    /// <summary>True when the last comparison was made.</summary>
    public bool IsCompared { get; private set; }

    /// <summary>True from the beginning of a watch to its end.</summary>
    public bool IsWatching { get; private set; }

    private ClusterWorld World { get; } = world;

    /// <summary>Begins to watch, and looks every second whether the connection is still there.</summary>
    public void Begin()
    {
        IsWatching = true;
        See();
    }

    /// <summary>Watches no longer.</summary>
    public void End()
    {
        IsWatching = false;
        Leave();
    }

    /// <summary>Compares its picture with a fresh snapshot, and the positions that it follows with those asked for.</summary>
    public void Compare()
    {
        IsCompared = false;
        if (session is { } seen)
        {
            seen.Node.Run(() => _ = Compare(seen));
        }
    }

    private async Task Compare(Session seen)
    {
        try
        {
            var before = World.Sharding.CertaintyOf(Actors.Entities.EntityNames.Of(Queue));
            var fresh = await seen.Node.Door.Snapshot(Queue);
            var asked = new List<FoundApplication?>();
            foreach (var (name, _) in seen.Followed)
            {
                asked.Add((await seen.Node.Door.Query(Queue, new ApplicationQuery(name, 0))).Found);
            }

            // Whatever came meanwhile is compared the next time.
            if (!IsUp || session != seen || seen.Picture!.Number != fresh.Number || before is null)
            {
                return;
            }

            IsCompared = true;
            CompareWith(seen, fresh, asked);
        }
        catch (Exception fault) when (fault is BusyException or NotRecordedException or OutcomeUnknownException)
        {
            // Compared another time.
        }
    }

    private void CompareWith(Session seen, LiveSnapshot fresh, List<FoundApplication?> asked)
    {
        var picture = seen.Picture!;
        if (picture.DifferenceFrom(fresh) is { } difference)
        {
            World.Fail("live", $"{Queue}: {difference}");
        }

        foreach (var ((name, standing), found) in seen.Followed.Zip(asked))
        {
            if (picture.PositionOf(standing) is { } followed && found is not null && followed != found.State.Position)
            {
                World.Fail("live", $"{name} of {Queue} is followed to position {followed} and is at {found.State.Position}.");
            }
        }

        World.Note($"live {Queue} {fresh.LatestChange}");
    }

    private void See()
    {
        if (!IsWatching)
        {
            return;
        }

        World.After(Again, See);
        if (session is { } lost && !lost.IsAlive)
        {
            session = null;
        }

        if (session is null)
        {
            Connect();
        }
        else if (session is { Picture.MustReload: true, IsReloading: false } behind)
        {
            behind.IsReloading = true;
            behind.Node.Run(() => _ = Reload(behind));
        }
        else if (session.IsUp && dice.Chance(0.000_3))
        {
            Leave();
        }
    }

    private void Connect()
    {
        var node = dice.Of(World.Nodes);
        if (node.IsUp)
        {
            var next = session = new Session(this, node);
            node.Run(() => _ = Connect(next));
        }
    }

    private async Task Connect(Session next)
    {
        try
        {
            next.Watch = await next.Node.Door.Watch(Queue, World.Mutant.Wrap(next));
            next.Begin(next.Watch.Snapshot);
            await Follow(next);
            if (session != next)
            {
                next.Watch.Dispose();
            }
        }
        catch (Exception fault) when (fault is BusyException or NotRecordedException or OutcomeUnknownException or ArgumentException)
        {
            // Not now, or nothing was ever filed or freed there yet.
            if (session == next)
            {
                session = null;
            }
        }
    }

    private async Task Reload(Session behind)
    {
        try
        {
            behind.Begin(await behind.Node.Door.Snapshot(Queue));
            await Follow(behind);
        }
        catch (Exception fault) when (fault is BusyException or NotRecordedException or OutcomeUnknownException)
        {
            // Tried again.
        }
        finally
        {
            behind.IsReloading = false;
        }
    }

    private async Task Follow(Session followed)
    {
        followed.Followed = [];
        var standings = new List<(string Name, LaneStanding Standing)>();
        foreach (var name in town.Applications.Where(one => one.Queue == Queue).Reverse().Take(MostFollowed).Select(one => one.Name).ToList())
        {
            if ((await followed.Node.Door.Query(Queue, new ApplicationQuery(name, 0))).Found?.Lanes is { } standing)
            {
                standings.Add((name, standing));
            }
        }

        followed.Followed = standings;
    }

    private void Leave()
    {
        if (session is { } left)
        {
            session = null;
            if (left is { IsAlive: true, Watch: { } watch })
            {
                left.Node.Run(watch.Dispose);
            }
        }
    }

    /// <summary>A connection to one process.</summary>
    private sealed class Session(ClusterWatcher watcher, SimulatedNode node) : ILiveListener
    {
        private readonly List<LiveUpdate> early = [];
        private readonly int generation = node.Generation;

        public SimulatedNode Node { get; } = node;

        public LiveWatch? Watch { get; set; }

        public LivePicture? Picture { get; private set; }

        public bool IsReloading { get; set; }

        public bool IsAlive => Node.IsUp && Node.Generation == generation;

        public bool IsUp => watcher.session == this && Picture is not null && IsAlive;

        public IReadOnlyList<(string Name, LaneStanding Standing)> Followed { get; set; } = [];

        public void Begin(LiveSnapshot snapshot)
        {
            Picture = new LivePicture(snapshot);
            early.ForEach(Take);
        }

        public void Publish(LiveUpdate update)
        {
            if (watcher.session != this || !IsAlive)
            {
                return;
            }

            watcher.World.Note($"update {update.Queue} {update.FirstChange}+{update.Changes.Count} {update.Places.Count}");

            // Kept until a snapshot says which of them it contains.
            early.Add(update);
            if (Picture is not null)
            {
                Take(update);
            }
        }

        private void Take(LiveUpdate update)
        {
            if (Picture!.Apply(update) is { } wrong)
            {
                watcher.World.Fail("live", $"{watcher.Queue}: {wrong}");
            }
        }
    }
}

using EOrda.Actors;
using EOrda.Actors.Live;
using EOrda.Actors.Queries;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Simulation.Checks;
using EOrda.Simulation.Worlds;

namespace EOrda.Simulation.Load;

/// <summary>One who watches a queue all the time: connects again after a crash, takes a snapshot anew when told to, and follows some positions.</summary>
internal sealed class Watcher(World world, Town town, QueueKey queue, int number)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private const int MostFollowed = 4;

    private readonly Dice dice = new(world.Seed, 100 + number);
    private Session? session;

    private World World { get; } = world;

    /// <summary>The queue watched.</summary>
    public QueueKey Queue { get; } = queue;

    /// <summary>Connects; tries again until it is done.</summary>
    public void Connect()
    {
        if (World.Process.Node is { } node)
        {
            _ = Connect(node, new Session(this, World.Process.Generation));
        }
        else
        {
            World.After(Again, Connect);
        }
    }

    /// <summary>True when it has a picture that lacks nothing that it was told of.</summary>
    public bool IsUp => session is { IsUp: true, Picture: { MustReload: false } };

    /// <summary>The number of the update that it applied last.</summary>
    public long LatestUpdate => session?.Picture?.Number ?? -1;

    /// <summary>Compares its picture with a fresh snapshot, and the positions that it follows with those looked up. Whether nothing is under way is the caller's matter.</summary>
    public async Task Compare()
    {
        var (node, seen) = (World.Process.Node!, session!);
        var picture = seen.Picture!;
        var fresh = await node.Query(Queue, new SnapshotQuery());
        if (picture.DifferenceFrom(fresh) is { } difference)
        {
            World.Fail("live", $"{Queue}: {difference}");
        }

        var looked = await node.Look(Queue, (found, at) => seen.Followed.ConvertAll(one => (found.Find(one.Name)?.Position, Window: found.WindowOf(one.Name, at))));
        for (var i = 0; i < looked.Count; i++)
        {
            var (name, standing) = seen.Followed[i];
            var (position, window) = looked[i];
            if (picture.PositionOf(standing) is not { } followed)
            {
                continue;
            }

            if (followed != position)
            {
                World.Fail("live", $"{name} of {Queue} is followed to position {followed} and is at {position}.");
            }

            if (picture.IsInWindow(standing) != window?.Rank <= window?.Size)
            {
                World.Fail("live", $"{name} of {Queue} is {(picture.IsInWindow(standing) ? "inside" : "outside")} by the updates, and its rank is {window?.Rank} of {window?.Size}.");
            }
        }

        World.Note($"live {Queue} {fresh.Number} {fresh.LatestChange}");
        Follow(seen, await node.Look(Queue, Standings));
    }

    private async Task Connect(Node node, Session next)
    {
        try
        {
            session = next;
            var watch = await node.Watch(Queue, World.Mutant.Wrap(next));
            next.Begin(watch.Snapshot);
            Follow(next, await node.Look(Queue, Standings));
            if (dice.Chance(0.3))
            {
                World.After(dice.Between(Again, TimeSpan.FromHours(2)), () => Leave(watch, next));
            }
        }
        catch (Exception fault) when (fault is BusyException or NotRecordedException or OutcomeUnknownException or ArgumentException)
        {
            // Not now, or nothing was ever filed or freed there yet.
            Reconnect(next);
        }
    }

    private void Leave(LiveWatch watch, Session left)
    {
        if (session == left && left.IsUp)
        {
            watch.Dispose();
            Reconnect(left);
        }
    }

    private void Reconnect(Session lost)
    {
        if (session == lost)
        {
            session = null;
            World.After(Again, Connect);
        }
    }

    /// <summary>Sees whether the process it is connected to is still there.</summary>
    public void Check()
    {
        if (session is { } lost && (World.Process.IsDead || lost.Process != World.Process.Generation))
        {
            Reconnect(lost);
        }
        else if (session is { IsUp: true, Picture: { MustReload: true }, IsReloading: false } behind && World.Process.Node is { } node)
        {
            _ = Reload(node, behind);
        }
    }

    private async Task Reload(Node node, Session behind)
    {
        try
        {
            behind.IsReloading = true;
            behind.Begin(await node.Query(Queue, new SnapshotQuery()));
            Follow(behind, await node.Look(Queue, Standings));
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

    private List<(string Name, LaneStanding Standing)> Standings(Queue found, Queues.Time.Moment at) =>
        [.. town.Applications.Where(one => one.Queue == Queue).Reverse()
            .Select(one => (one.Name, Standing: found.StandingInLanes(one.Name)))
            .Where(one => one.Standing is not null)
            .Take(MostFollowed)
            .Select(one => (one.Name, one.Standing!))];

    private static void Follow(Session followed, List<(string Name, LaneStanding Standing)> standings) => followed.Followed = standings;

    /// <summary>A connection to one process.</summary>
    private sealed class Session(Watcher watcher, int process) : ILiveListener
    {
        private readonly List<LiveUpdate> early = [];

        public int Process { get; } = process;

        public LivePicture? Picture { get; private set; }

        public bool IsReloading { get; set; }

        public bool IsUp => watcher.session == this && Picture is not null;

        public List<(string Name, LaneStanding Standing)> Followed { get; set; } = [];

        public void Begin(LiveSnapshot snapshot)
        {
            Picture = new LivePicture(snapshot);
            foreach (var update in early)
            {
                Take(update);
            }
        }

        public void Publish(LiveUpdate update)
        {
            var there = watcher.World;
            if (watcher.session != this || there.Process.IsDead || there.Process.Generation != Process)
            {
                return;
            }

            there.Note($"update {update.Queue} {update.Number} {update.FirstChange}+{update.Changes.Count} {update.Places.Count}");

            // Kept until a snapshot says which of them it contains.
            early.Add(update);
            if (Picture is not null)
            {
                Take(update);
            }

            if (there.Faults.Happens("listener throws", there.Settings.Faults.ListenerThrow))
            {
                throw new InvalidOperationException("Thrown on purpose.");
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

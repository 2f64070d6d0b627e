using EOrda.Actors;
using EOrda.Actors.Audit;
using EOrda.Actors.Entities;
using EOrda.Actors.Journal;
using EOrda.Queues.Recording;
using EOrda.Queues.Time;
using EOrda.Simulation.Load;
using EOrda.Simulation.Worlds;

namespace EOrda.Simulation.Checks;

/// <summary>Lets the node come to rest with nothing going wrong, and checks everything that can be checked then.</summary>
internal sealed class Checkpoint(World world, Town town, Callers callers, Looks looks, ModelReplay model, IReadOnlyList<Watcher> watchers)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private const int Near = 2_000;

    /// <summary>Runs all checks.</summary>
    public void Run()
    {
        world.Note("checkpoint");
        callers.ArePaused = true;
        ComeToRest();
        CheckLive();
        LookAtAll();
        if (world.Failure is null)
        {
            model.Follow(looks.Take());
        }

        if (world.Failure is null)
        {
            CheckAnswers();
            CheckJournal();
            CheckRebuilt();
        }

        callers.ArePaused = false;
        world.Faults.NotBefore = world.Clock;
    }

    private void ComeToRest()
    {
        if (!world.RunUntil(() => callers.Open == 0 && world.Process.Node is not null, Longest) && world.Failure is null)
        {
            var waiting = callers.Waiting.First();
            world.Fail("service", $"{Longest} after the last fault {callers.Open} callers still wait, one of them, after {waiting.Attempts} attempts, for {waiting.Command}.");
        }

        // Whatever was set back catches up first: no entity decides before an instant at which it decided already.
        world.RunFor(TimeSpan.FromMilliseconds(Math.Max(0, world.LatestClock.UnixMilliseconds - world.Clock.UnixMilliseconds)) + Pause);
        world.RunUntil(() => looks.Open == 0, Longest);
    }

    private void CheckLive()
    {
        bool IsQuiet() => town.Queues.TrueForAll(queue => world.Order.Loaded(EntityNames.Of(queue)) is not { } entity
            || Math.Abs(((QueueState)entity.Memory.State).Queue.NextDue.UnixMilliseconds - world.Clock.UnixMilliseconds) > Near);

        for (var tries = 0; tries < 20 && !(IsQuiet() && watchers.Where(IsToBeUp).All(watcher => watcher.IsUp)); tries++)
        {
            world.RunFor(Pause);
        }

        foreach (var watcher in watchers.Where(IsToBeUp))
        {
            if (!watcher.IsUp)
            {
                world.Fail("live", $"The watch of {watcher.Queue} does not come up.");
                return;
            }

            Await(watcher.Compare());
        }
    }

    private bool IsToBeUp(Watcher watcher) => world.Disk.LastSequence(EntityNames.Of(watcher.Queue)) > 0;

    private void LookAtAll()
    {
        foreach (var queue in town.Queues)
        {
            looks.At(queue, town, all: true);
        }

        if (!world.RunUntil(() => looks.Open == 0, Longest) && world.Failure is null)
        {
            world.Fail("service", "A look is not answered.");
        }
    }

    private void CheckAnswers()
    {
        world.Journalled.ReadAnew();
        foreach (var call in callers.Answered)
        {
            callers.CheckOnDisk(call);
        }
    }

    private void CheckJournal()
    {
        try
        {
            JournalAudit.Run(world.Disk.Reader());
        }
        catch (Exception fault) when (fault is ContradictionException or JournalDamagedException)
        {
            world.Fail("audit", fault.Message);
        }
    }

    // What the node has in memory is what the journal gives, with the snapshots and without them.
    private void CheckRebuilt()
    {
        using var reader = world.Disk.Reader();
        foreach (var name in world.Disk.Entities)
        {
            var whole = Recovered(reader, name);
            var fromSnapshot = Recovered(new WithoutSnapshots(reader), name);
            if (!whole.Span.SequenceEqual(fromSnapshot.Span))
            {
                world.Fail("rebuilt", $"{name} is rebuilt in two ways, with its snapshot and without.");
            }

            if (world.Order.Loaded(name) is { } entity && !StateOf(entity.Memory).Span.SequenceEqual(whole.Span))
            {
                world.Fail("rebuilt", $"{name} is rebuilt otherwise than the node has it.");
            }
        }
    }

    private static ReadOnlyMemory<byte> Recovered(IJournal journal, string name) =>
        StateOf(EntityRecovery.Recover(journal, name, new NodeOptions(), new byte[RecordFormat.HashBytes]));

    private static ReadOnlyMemory<byte> StateOf(EntityMemory memory)
    {
        var to = new ByteWriter(1 << 12);
        memory.State.Write(to);
        return to.Written;
    }

    private void Await(Task task)
    {
        if (!world.RunUntil(() => task.IsCompleted, Longest) && world.Failure is null)
        {
            world.Fail("service", "A fresh snapshot is not given.");
        }

        if (task.IsFaulted)
        {
            world.Fail("exception", task.Exception!.InnerException!.ToString());
        }
    }

    private sealed class WithoutSnapshots(IJournal journal) : IJournal
    {
        public void Write(IReadOnlyList<JournalPage> pages) => journal.Write(pages);

        public IEnumerable<JournalPage> Read(string entity, long fromSequence) => journal.Read(entity, fromSequence);

        public IReadOnlyList<JournalHead> Heads() => journal.Heads();

        public JournalHead? Head(string entity) => journal.Head(entity);

        public void SaveSnapshot(JournalSnapshot snapshot) => journal.SaveSnapshot(snapshot);

        public JournalSnapshot? LoadSnapshot(string entity) => null;

        public void Dispose()
        {
        }
    }
}

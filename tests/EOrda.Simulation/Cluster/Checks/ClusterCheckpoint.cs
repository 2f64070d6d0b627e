using EOrda.Actors.Entities;
using EOrda.Actors.Hosting;
using EOrda.Actors.Persistence;
using EOrda.Queues;
using EOrda.Queues.Recording;
using EOrda.Simulation.Cluster.Load;
using EOrda.Simulation.Load;

namespace EOrda.Simulation.Cluster.Checks;

/// <summary>Lets the cluster come to rest with nothing going wrong, and checks everything that can be checked then.</summary>
internal sealed class ClusterCheckpoint(
    ClusterWorld world, Town town, ClusterCallers callers, ClusterLooks looks, IReadOnlyList<ClusterWatcher> watchers, AnswerBooks answers, CountryModel model, Promises promises)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Unfinished = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    /// <summary>Runs all checks.</summary>
    public void Run()
    {
        world.Note("checkpoint");
        callers.ArePaused = true;
        ComeToRest();
        CompareLive();
        LookAtAll();
        model.Follow();
        if (world.Failure is null)
        {
            answers.CheckAll();
            promises.Check();
            CheckRebuilt();
        }

        callers.ArePaused = false;
    }

    private void ComeToRest()
    {
        if (!world.RunUntil(() => callers.Open == 0 && world.Nodes.All(node => node.IsUp) && world.Partition.CutOff is null, Longest) && world.Failure is null)
        {
            world.Fail("service", callers.Waiting.FirstOrDefault() is { } waiting
                ? $"{Longest} after the last fault {callers.Open} callers still wait, one of them, after {waiting.Attempts} attempts, for {waiting.Command}."
                : $"{Longest} after the last fault a node is not up.");
        }

        world.RunFor(Pause);
        world.RunUntil(() => !promises.IsAnythingUnderWay, Unfinished);
        world.RunFor(Pause);
    }

    private void CompareLive()
    {
        var watching = watchers.Where(watcher => watcher.IsWatching && world.Stored.LastOf(EntityNames.Of(watcher.Queue)) > 0).ToList();
        for (var tries = 0; tries < 20 && world.Failure is null && watching.Count > 0; tries++)
        {
            watching.ForEach(watcher => watcher.Compare());
            world.RunFor(Pause);
            watching.RemoveAll(watcher => watcher.IsCompared);
        }

        if (world.Failure is null && watching.Count > 0)
        {
            world.Fail("live", $"The watch of {watching[0].Queue} does not come up.");
        }
    }

    private void LookAtAll()
    {
        var wanted = looks.Answered + town.Queues.Count;
        for (var tries = 0; tries < 10 && looks.Answered < wanted && world.Failure is null; tries++)
        {
            town.Queues.ForEach(queue => looks.At(queue, town, all: true));
            world.RunFor(Pause);
        }

        if (looks.Answered < wanted)
        {
            world.Fail("service", "A look is not answered.");
        }
    }

    // What the journal gives is the same with each snapshot and without.
    private void CheckRebuilt()
    {
        foreach (var entity in world.Records.Entities)
        {
            var wanted = StateOf(world.Records.MemoryOf(entity)!);
            foreach (var stored in world.Stored.SnapshotsOf(entity))
            {
                if (Rebuilt(entity, stored) is { } memory && !StateOf(memory).Span.SequenceEqual(wanted.Span))
                {
                    world.Fail("rebuilt", $"{entity} is rebuilt otherwise with its snapshot of page {stored.Sequence} than without.");
                }
            }
        }
    }

    private EntityMemory? Rebuilt(string entity, Stored.StoredSnapshot stored)
    {
        try
        {
            return Read(entity, stored);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            world.Fail("rebuilt", $"With its snapshot of page {stored.Sequence} {entity} is not rebuilt: {fault.Message}");
            return null;
        }
    }

    private EntityMemory Read(string entity, Stored.StoredSnapshot stored)
    {
        var snapshot = Stored.StoredSnapshots.Read(stored);
        var memory = EntitySnapshots.Read(entity, snapshot, new ActorsBounds());
        using var reader = new PageReader(entity, snapshot.Record, snapshot.Hash.Span);
        foreach (var page in world.Stored.EventsOf(entity).Where(page => page.Sequence > stored.Sequence))
        {
            foreach (var content in reader.Contents(Page.Read(page.Bytes)))
            {
                RecordContent.Apply(memory, content.Span);
            }
        }

        return memory;
    }

    private static ReadOnlyMemory<byte> StateOf(EntityMemory memory)
    {
        var to = new ByteWriter(1 << 12);
        memory.State.Write(to);
        return to.Written;
    }
}

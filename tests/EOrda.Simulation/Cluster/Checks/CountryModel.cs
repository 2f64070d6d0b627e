using EOrda.Actors.Entities;
using EOrda.Queues.Time;
using EOrda.Simulation.Cluster.Load;
using EOrda.Simulation.Cluster.Stored;

namespace EOrda.Simulation.Cluster.Checks;

/// <summary>The models of all queues, each of which follows the queue's records, and what was seen of the queue between them.</summary>
internal sealed class CountryModel(ClusterWorld world, ClusterLooks looks)
{
    private readonly SortedDictionary<string, (QueueModel Model, int Read)> queues = new(StringComparer.Ordinal);

    /// <summary>How many decisions were compared.</summary>
    public int Decisions => queues.Values.Sum(one => one.Model.Decisions);

    /// <summary>How many looks were compared.</summary>
    public int Sights { get; private set; }

    /// <summary>Takes in what is new in the journal, and what was seen meanwhile.</summary>
    public void Follow()
    {
        foreach (var entity in world.Records.Entities)
        {
            if (EntityNames.QueueOf(entity) is not { } key)
            {
                continue;
            }

            var (model, read) = queues.TryGetValue(entity, out var known) ? known : (new QueueModel(key, world.LocalityLines, world.Records.IsHeld, world.Records.HasSteps), 0);
            var records = world.Records.Of(entity);
            Follow(model, records, read, looks.TakeOf(entity));
            queues[entity] = (model, records.Count);
        }
    }

    // A look leaves no record: among records of its own instant it may have been anywhere.
    private void Follow(QueueModel model, IReadOnlyList<StoredRecord> records, int read, IReadOnlyList<ClusterSight> sights)
    {
        var next = 0;
        var undecided = new List<ClusterSight>();
        for (; read <= records.Count && world.Failure is null; read++)
        {
            var until = read < records.Count ? records[read].At : Moment.Never;
            CompareUndecided(model, undecided, until);
            for (; next < sights.Count && sights[next].At <= until; next++)
            {
                Compare(model, sights[next], until, undecided);
            }

            if (read < records.Count && model.Decide(records[read]) is { } wrong)
            {
                world.Fail("model", wrong);
            }
        }
    }

    private void CompareUndecided(QueueModel model, List<ClusterSight> undecided, Moment until)
    {
        var again = undecided.ToList();
        undecided.Clear();
        foreach (var sight in again)
        {
            Compare(model, sight, until, undecided);
        }
    }

    private void Compare(QueueModel model, ClusterSight sight, Moment until, List<ClusterSight> undecided)
    {
        foreach (var (question, seen) in sight.Seen)
        {
            var modelled = model.Ask(question, sight.At);
            if (modelled == seen)
            {
                continue;
            }

            if (until == sight.At)
            {
                undecided.Add(sight);
            }
            else
            {
                world.Fail("seen", $"{question}: seen was {seen}, the model says {modelled}.");
            }

            return;
        }

        Sights++;
    }
}

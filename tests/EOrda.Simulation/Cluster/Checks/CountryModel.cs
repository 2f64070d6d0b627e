using EOrda.Actors.Entities;
using EOrda.Queues.Names;

namespace EOrda.Simulation.Cluster.Checks;

/// <summary>The models of all queues.</summary>
internal sealed class CountryModel(ClusterWorld world, LocalityLines localities)
{
    private readonly SortedDictionary<string, (QueueModel Model, int Read)> queues = new(StringComparer.Ordinal);

    /// <summary>How many decisions were compared.</summary>
    public int Decisions => queues.Values.Sum(one => one.Model.Decisions);

    /// <summary>Takes in what is new in the journal.</summary>
    public void Follow()
    {
        foreach (var entity in world.Records.Entities)
        {
            if (EntityNames.QueueOf(entity) is not { } key)
            {
                continue;
            }

            var (model, read) = queues.TryGetValue(entity, out var known) ? known : (new QueueModel(key, localities, world.Records.HasSteps), 0);
            var records = world.Records.Of(entity);
            for (; read < records.Count && world.Failure is null; read++)
            {
                if (model.Decide(records[read]) is { } wrong)
                {
                    world.Fail("model", wrong);
                }
            }

            queues[entity] = (model, read);
        }
    }
}

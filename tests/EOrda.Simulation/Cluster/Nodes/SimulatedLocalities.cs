using EOrda.Actors.Entities;
using EOrda.Actors.Queues;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;

namespace EOrda.Simulation.Cluster.Nodes;

/// <summary>The localities of the world, which every node knows at once.</summary>
internal sealed class SimulatedLocalities(ClusterWorld world) : ILocalityRules
{
    private readonly Dictionary<CommandKey, Reply> taken = [];

    /// <summary>The localities and kindergartens.</summary>
    public Localities All { get; } = new();

    /// <inheritdoc/>
    public bool AllAtOnce => false;

    /// <inheritdoc/>
    public IReadOnlyList<RulesInForce>? RulesOf(string locality, Moment at) => All.RulesOf(locality);

    /// <inheritdoc/>
    public bool IsKindergarten(string kindergarten) => All.Kindergartens.ContainsKey(kindergarten);

    /// <inheritdoc/>
    public bool IsPlace(string place) => false;

    /// <summary>Takes a step.</summary>
    public Reply Take(LocalityStep step, Moment at)
    {
        if (step is FindQueues find)
        {
            return new QueuesFound(All.RulesOf(find.Locality) is null
                ? null
                : [.. world.Records.Entities.Select(EntityNames.QueueOf).OfType<QueueKey>().Where(queue => queue.Locality == find.Locality)]);
        }

        if (step is ChangeLocalities && taken.TryGetValue(step.Key, out var first))
        {
            return first;
        }

        var reply = All.Take(step, at, happened: null);
        if (step is ChangeLocalities change)
        {
            taken.Add(step.Key, reply);
            if (reply is Answered { Answer: not Refusal })
            {
                world.LocalityLines.Add(world.RightCommand(step.Key) ?? change.Command, at);
            }
        }

        return reply;
    }
}

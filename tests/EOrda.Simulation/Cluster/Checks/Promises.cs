using EOrda.Actors.Entities;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Audit;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Twins;

namespace EOrda.Simulation.Cluster.Checks;

/// <summary>What holds over all entities: no child has two active applications of a kind or two places, no identifier is of two queues, and at rest nothing is under way.</summary>
internal sealed class Promises(ClusterWorld world)
{
    /// <summary>True when something is under way that began before: a filing, an enrolment, a half.</summary>
    public bool IsAnythingUnderWay => world.Records.Entities.Any(entity => world.Records.MemoryOf(entity)!.State switch
    {
        RegisterState { Register: var register } => register.UnderWay.Any(),
        QueueState { Queue: var queue } => queue.Deeds.Preparing.Count > 0 || queue.Halves.Values.Any(half => half.State != TwinState.Held),
        _ => false,
    });

    /// <summary>Checks what the journal gives, at rest.</summary>
    public void Check()
    {
        var (applications, places) = (new Dictionary<string, QueueKey>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var (active, enrolled) = (new HashSet<(Kind, string)>(), new HashSet<(Kind, string)>());
        foreach (var entity in world.Records.Entities)
        {
            if (world.Records.QueueOf(entity) is not { } queue)
            {
                continue;
            }

            CheckHalves(queue);
            if (QueueAudit.FirstContradiction(queue) is { } contradiction)
            {
                world.Fail("audit", $"{entity}: {contradiction}.");
            }

            foreach (var place in QueueAudit.PlaceNames(queue).Where(place => !places.Add(place)))
            {
                world.Fail("promises", $"Place {place} is of two queues.");
            }

            foreach (var name in QueueAudit.ApplicationNames(queue))
            {
                if (!applications.TryAdd(name, queue.Key))
                {
                    world.Fail("promises", $"Application {name} is of two queues.");
                }

                var (state, child) = (queue.Find(name)!, (queue.Key.Kind, queue.ChildOf(name)!));
                if (state.Status != Status.Archived && !active.Add(child))
                {
                    world.Fail("promises", $"{child} has two active applications, one of them {name}.");
                }

                if (state is { Cause: Cause.Enrolled, Place: not null } && !enrolled.Add(child))
                {
                    world.Fail("promises", $"{child} has two places, one of them by {name}.");
                }
            }
        }

        CheckRegister(applications);
    }

    // At rest no enrolment is prepared, and of no batch a half is pending, or over for its leader and not for others.
    private void CheckHalves(Queue queue)
    {
        if (queue.Deeds.Preparing.Count > 0)
        {
            world.Fail("promises", $"An enrolment in {queue.Key} is prepared and does not go on.");
        }

        foreach (var half in queue.Halves.Values)
        {
            var leader = world.Records.QueueOf(EntityNames.Of(half.Leader))?.HalfWith(half.Key);
            if (half.State != TwinState.Held || leader is not { State: TwinState.Held })
            {
                world.Fail("promises", $"The half of batch {half.Key} in {queue.Key} is {half.State}, with its leader it is {leader?.State}.");
            }
        }
    }

    private void CheckRegister(Dictionary<string, QueueKey> applications)
    {
        foreach (var register in world.Records.Entities.Select(world.Records.MemoryOf).Select(memory => (memory!.State as RegisterState)?.Register).OfType<Register>())
        {
            if (register.UnderWay.FirstOrDefault() is { } begun)
            {
                world.Fail("promises", $"{begun} has begun and does not go on.");
            }
        }

        foreach (var (name, queue) in applications)
        {
            if (world.Records.RegisterFor(name)?.QueueOfApplication(name) != queue)
            {
                world.Fail("promises", $"Application {name} is of {queue}, and the register does not say so.");
            }
        }
    }
}

using EOrda.Actors.Entities;
using EOrda.Queues.Names;
using EOrda.Queues.Time;
using EOrda.Simulation.Worlds;

namespace EOrda.Simulation.Checks;

/// <summary>A queue that has its memory does not sleep through what is due. While the disk refuses it may be late, but not for long afterwards.</summary>
internal sealed class Punctuality(World world, IReadOnlyList<QueueKey> queues)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Dictionary<QueueKey, (Moment Due, long Since)> late = [];

    /// <summary>Looks whether something is late, and has been for long.</summary>
    public void Check()
    {
        foreach (var queue in queues)
        {
            if (world.Order.Loaded(EntityNames.Of(queue)) is not { } entity || ((QueueState)entity.Memory.State).Queue.NextDue is var due && due >= world.Clock)
            {
                late.Remove(queue);
            }
            else if (!late.TryGetValue(queue, out var known) || known.Due != due)
            {
                late[queue] = (due, world.Ticks);
            }
            else if (world.Ticks - known.Since > Longest.Ticks)
            {
                world.Fail("dues", $"At {world.Clock} what was due in {queue} at {due} has not taken effect.");
            }
        }
    }
}

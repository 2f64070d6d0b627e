using EOrda.Actors.Entities;
using EOrda.Queues;
using EOrda.Queues.Names;

namespace EOrda.Actors.Turns;

/// <summary>Which entities a command is sure to need, and which of them keeps its key. What else it needs shows in the turn.</summary>
internal static class JointTurnEntities
{
    public static (string Home, IReadOnlyList<string> Names) For(Command command, Node node)
    {
        switch (command)
        {
            case SetRules or AmendRules or RegisterKindergarten:
                return (EntityNames.Localities, []);
            case Submit c:
                var names = new List<string> { EntityNames.OfRegisterFor(c.Child) };
                if (QueueKey.TryParse(c.Queue, out var key) && node.Directory.Localities.ContainsKey(key.Locality))
                {
                    names.Add(EntityNames.Of(key));
                }

                return (EntityNames.OfRegisterFor(c.Application), names);
            case FreePlace c:
                return (EntityNames.OfRegisterFor(c.Place), []);
            case ReserveBatch c:
                return (EntityNames.OfRegisterFor(c.Applications[0]), [.. c.Applications.Select(EntityNames.OfRegisterFor)]);
            case ApplicationCommand c:
                return (EntityNames.OfRegisterFor(c.Application), []);
            default:
                throw new ArgumentException($"{command.GetType().Name} takes no joint turn.", nameof(command));
        }
    }
}

using EOrda.Actors.Entities;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Steps;

namespace EOrda.Actors.Turns;

/// <summary>Which entities a command needs, and which of them keeps its key. Some show only when others have stopped.</summary>
internal static class JointTurnEntities
{
    public static (string Home, IReadOnlyList<string> Names) For(Command command, Node node)
    {
        switch (command)
        {
            case SetRules or AmendRules or RegisterKindergarten:
                return (EntityNames.Localities, []);
            case Submit c:
                var names = new List<string> { EntityNames.OfFormerRegisterFor(c.Child) };
                if (QueueKey.TryParse(c.Queue, out var key) && node.Country.Localities.ContainsKey(key.Locality))
                {
                    names.Add(EntityNames.Of(key));
                }

                return (EntityNames.OfFormerRegisterFor(c.Application), names);
            case FreePlace c:
                return (EntityNames.OfFormerRegisterFor(c.Place), []);
            case ReserveBatch c:
                return (EntityNames.OfFormerRegisterFor(c.Applications[0]), [.. c.Applications.Select(EntityNames.OfFormerRegisterFor)]);
            case ApplicationCommand c:
                return (EntityNames.OfFormerRegisterFor(c.Application), []);
            default:
                throw new ArgumentException($"{command.GetType().Name} takes no joint turn.", nameof(command));
        }
    }

    /// <summary>Finds, before anything happens in the turn, every entity that the command's process may need.</summary>
    /// <exception cref="EntityNeededException">One of them has not stopped yet.</exception>
    public static void Foresee(Command command, JointTurn turn)
    {
        switch (command)
        {
            case Submit c when QueueKey.TryParse(c.Queue, out var key) && turn.Localities.RulesOf(key.Locality) is not null:
                turn.QueueOf(key);
                Foresee(turn.RegisterOf(c.Child).LastFiled(c.Child, key.Kind), turn);
                break;
            case FreePlace c when turn.RegisterOf(c.Place).QueueOfPlace(c.Place) is null:
                if (turn.Take(new FindQueueOfPlace(default, c.Kindergarten, c.Queue, c.Age)) is KindergartenFound { Queue: { } serves })
                {
                    turn.QueueOf(serves);
                }

                break;
            case ReserveBatch c:
                foreach (var application in c.Applications)
                {
                    QueueOf(application, turn);
                }

                break;
            case ApplicationCommand c:
                Foresee(c, turn);
                break;
        }
    }

    private static void Foresee(ApplicationCommand command, JointTurn turn)
    {
        if (QueueOf(command.Application, turn) is not { } queue)
        {
            return;
        }

        switch (command)
        {
            case Reserve { Place: { } place }:
                turn.RegisterOf(place);
                break;
            case Enrol when queue.ChildOf(command.Application) is { } child:
                Foresee(turn.RegisterOf(child).LastPlaced(child, queue.Key.Kind), turn);
                break;
            case Confirm or Drop:
                foreach (var key in queue.QueuesOfBatch(command.Application))
                {
                    turn.QueueOf(key);
                }

                break;
        }
    }

    private static void Foresee(ApplicationPointer? pointer, JointTurn turn)
    {
        if (pointer is { } known)
        {
            turn.QueueOf(known.Queue);
        }
    }

    private static Queue? QueueOf(string application, JointTurn turn) =>
        turn.RegisterOf(application).QueueOfApplication(application) is { } key ? turn.QueueOf(key) : null;
}

using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Places;
using EOrda.Queues.Rules;
using EOrda.Queues.Twins;
using NodaTime;

namespace EOrda.Queues.Country;

/// <summary>Takes a command's turn: finds the entities it touches, decides over all of them, and lets it happen.</summary>
public static class Turn
{
    /// <summary>Decides the command and applies what was decided.</summary>
    public static Answer Take(Command command, ITurn turn) => command switch
    {
        SetRules or AmendRules or RegisterKindergarten => TakeLocality(command, turn),
        Submit c => Filing.Take(c, turn),
        FreePlace c => Freeing.Take(c, turn),
        ReserveBatch c => TwinReservation.Take(c, turn),
        Enrol c => TakeEnrolment(c, turn),
        RevokePlace c => turn.RegisterOf(c.Place).QueueOfPlace(c.Place) is { } key
            ? turn.Execute(turn.QueueOf(key), c)
            : Refusal.For(Reason.UnknownPlace),
        CleanUp c => TakeCleanUp(c, turn),
        ApplicationCommand c => TakeApplication(c, turn),
        _ => throw new ArgumentException($"Unknown command {command.GetType().Name}.", nameof(command)),
    };

    /// <summary>Takes the turn of a command about one application in its queue.</summary>
    public static Answer TakeApplication(ApplicationCommand command, ITurn turn)
    {
        if (turn.RegisterOf(command.Application).QueueOfApplication(command.Application) is not { } key)
        {
            return Refusal.For(Reason.UnknownApplication);
        }

        var queue = turn.QueueOf(key);
        return command is Confirm or Drop && queue.BatchOf(command.Application) is { } batch
            ? TwinReservation.TakeForAll(command, batch, turn)
            : turn.Execute(queue, command);
    }

    private static Answer TakeLocality(Command command, ITurn turn)
    {
        if (turn.Localities.Decide(command, out var reason, out _) is not { } happened)
        {
            return Refusal.For(reason);
        }

        turn.Happen(happened);
        return Answer.Done;
    }

    private static Answer TakeCleanUp(CleanUp command, ITurn turn)
    {
        if (turn.Localities.RulesOf(command.Locality) is null)
        {
            return Refusal.For(Reason.UnknownLocality);
        }

        var stopListed = turn.QueuesOf(command.Locality)
            .SelectMany(key => ((CleanedUp)turn.Execute(turn.QueueOf(key), command)).StopListed)
            .OrderBy(application => turn.RegisterOf(application).NumberOf(application));
        return new CleanedUp([.. stopListed]);
    }

    /// <summary>Enrols the child, and frees the place that it held before in the same kind (rules, section 4; 001: 32).</summary>
    private static Answer TakeEnrolment(Enrol command, ITurn turn)
    {
        if (turn.RegisterOf(command.Application).QueueOfApplication(command.Application) is not { } key)
        {
            return Refusal.For(Reason.UnknownApplication);
        }

        var queue = turn.QueueOf(key);
        var application = queue.FindApplication(command.Application);
        var child = queue.PeopleNames[queue.Applications[application].Child];
        var before = turn.RegisterOf(child).LastPlaced(child, key.Kind);
        var former = before is { } pointer ? turn.QueueOf(pointer.Queue) : null;
        var answer = turn.Execute(queue, command);
        if (answer is not ChildEnrolled)
        {
            return answer;
        }

        string? left = null;
        if (former is not null && former.IsEnrolled(before!.Value.Application))
        {
            left = ((PlaceLeft)turn.Execute(former, new Leave(former.ApplicationNames[before.Value.Application]))).Place;
        }

        turn.Happen(child, new ChildPlaced(child, key, application));
        return new ChildEnrolled(left);
    }
}

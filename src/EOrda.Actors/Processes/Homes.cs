using EOrda.Actors.Queues;
using EOrda.Actors.Routing;
using EOrda.Actors.Telemetry;
using EOrda.Queues;
using EOrda.Queues.Names;

namespace EOrda.Actors.Processes;

/// <summary>Which entity a command goes to: it keeps the command's key and answer.</summary>
internal static class Homes
{
    /// <summary>The home of a command.</summary>
    /// <param name="command">The command. Siblings who reserve together are one at least.</param>
    /// <param name="queue">The queue of its application or place, where the caller names one.</param>
    /// <param name="addresses">Counts who waits.</param>
    public static EntityAddress Of(Command command, QueueKey? queue, EntityAddress.Book addresses) => command switch
    {
        SetRules or AmendRules or RegisterKindergarten or CleanUp => addresses.Localities,
        Submit c => addresses.OfRegisterFor(c.Application),
        FreePlace c => addresses.OfRegisterFor(c.Place),
        ReserveBatch c => addresses.OfRegisterFor(c.Applications[0]),
        RevokePlace or ApplicationCommand when queue is not null => addresses.Of(queue),
        RevokePlace c => addresses.OfRegisterFor(c.Place),
        ApplicationCommand c => addresses.OfRegisterFor(c.Application),
        _ => throw new ArgumentException($"{command.GetType().Name} has no home.", nameof(command)),
    };

    /// <summary>The message that has a command decided.</summary>
    /// <param name="home">The command's home.</param>
    /// <param name="command">The command.</param>
    /// <param name="key">Its key.</param>
    /// <param name="queue">The queue of its application or place, where the caller names one.</param>
    /// <param name="request">Who waits for the answer.</param>
    /// <param name="trace">The request's trace, where one is recorded.</param>
    public static ToEntity Asking(EntityAddress home, Command command, CommandKey key, QueueKey? queue, Request request, AskTrace? trace = null) =>
        home.Kind == EntityKind.Queue ? new AskQueue(home, command, key, request) { Trace = trace } : new AskHome(home, command, key, queue, request) { Trace = trace };

    /// <summary>
    /// False of a refusal for an application or place that is not the entity's which was asked: it is recorded and kept nowhere, or anybody could fill the
    /// keys of a queue that is none of his.
    /// </summary>
    public static bool IsKept(Command command, Answer answer) =>
        answer is not Refusal { Reason: var reason } || reason != UnknownReason(command);

    /// <summary>The refusal of a command whose application or place is not known.</summary>
    public static Refusal Unknown(Command command) => Refusal.For(UnknownReason(command));

    private static EOrda.Queues.Rules.Reason UnknownReason(Command command) =>
        command is RevokePlace ? EOrda.Queues.Rules.Reason.UnknownPlace : EOrda.Queues.Rules.Reason.UnknownApplication;
}

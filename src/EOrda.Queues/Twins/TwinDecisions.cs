using EOrda.Queues.Reservations;
using EOrda.Queues.Time;

namespace EOrda.Queues.Twins;

/// <summary>Siblings whose applications are all of one queue: reserving together is one decision of that queue (rules, section 9; 000: 15-25).</summary>
internal static class TwinDecisions
{
    public static Decision Reserve(Queue queue, ReserveBatch reserve, CommandKey key, Moment at, ITargets targets)
    {
        var batch = new Batch(key.ToString(), [.. reserve.Applications.Select(name => new BatchMember(queue.Key, name))]);
        var facts = TwinFacts.Of(queue, reserve.Applications, reserve.Kindergarten, at);
        var inWindow = TwinRules.AnyInWindow([facts]);
        var isFrozen = queue.Schedule.DayOf(at).IsFrozen(at);
        if (TwinRules.Fault(batch.Members, [facts], isFrozen, targets.IsKindergarten(reserve.Kindergarten), inWindow) is { } reason)
        {
            return Decision.Refuse(reason);
        }

        var until = ReservationDecisions.Until(queue, at);
        var held = Hold(queue, batch, reserve.Kindergarten, until, inWindow, at);
        return Decision.Accept(new PlacesReserved([.. held.Select(e => queue.PlaceNames[e.Place])], until), [.. held]);
    }

    /// <summary>The places that the queue's members of a batch get: each, in the order given, the first of those it may take.</summary>
    public static IReadOnlyList<PlaceHeld> Hold(Queue queue, Batch batch, string kindergarten, Moment until, bool inWindow, Moment at)
    {
        var members = batch.Members.Where(member => member.Queue == queue.Key).ToList();
        var places = queue.FreeAt(kindergarten)!.Pick(at, inWindow, members.Count);
        return
        [
            .. members.Zip(places, (member, place) =>
                new PlaceHeld(queue.FindApplication(member.Application), place, until, at < queue.Places[place].PriorityEnd, batch)),
        ];
    }
}

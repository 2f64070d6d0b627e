using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using EOrda.Queues.Twins;

namespace EOrda.Queues.Country;

/// <summary>
/// Siblings reserve together (rules, section 9; 000: 15-25). In one queue it is one decision of that queue. Across several the one with the smallest key
/// leads, so that two batches never wait for each other: it decides on the facts of all, holds its half pending, and holds the batch when every other queue
/// has taken its half. A half refused undoes all.
/// </summary>
internal static class ReservingTwins
{
    public static Progress Next(ReserveBatch reserve, CommandKey key, Replies replies)
    {
        var members = new List<BatchMember>();
        foreach (var application in reserve.Applications)
        {
            if (replies.Next<QueueFound>() is not { } found)
            {
                return Progress.Asking(new FindApplication(key, application));
            }

            if (found.Queue is not { } queue)
            {
                return Progress.Refused(Reason.UnknownApplication);
            }

            members.Add(new BatchMember(queue, application));
        }

        var queues = members.Select(member => member.Queue).Distinct().OrderBy(queue => queue.ToString(), StringComparer.Ordinal).ToList();
        return queues.Count == 1
            ? InQueue(reserve, queues[0], key, replies)
            : Across(new Across(key, members, reserve.Kindergarten, queues[0], queues[1..]), replies);
    }

    private static Progress InQueue(ReserveBatch reserve, QueueKey queue, CommandKey key, Replies replies) =>
        replies.Next<Answered>() is { } decided ? Progress.Ended(decided.Answer) : Progress.Asking(new DecideCommand(key, queue, reserve));

    private static Progress Across(Across batch, Replies replies)
    {
        var facts = new List<TwinFacts>();
        foreach (var other in batch.Others)
        {
            if (replies.Next<TwinFacts>() is not { } told)
            {
                return Progress.Asking(new DescribeTwins(batch.Key, other, [.. batch.NamesIn(other)], batch.Kindergarten));
            }

            facts.Add(told);
        }

        return replies.Next() switch
        {
            null => Progress.Asking(new LeadTwins(batch.Key, batch.Leader, batch.Members, batch.Kindergarten, facts)),
            TwinsLed led => TakeHalves(batch, led, replies),
            var reply => Progress.Ended(((Answered)reply).Answer),
        };
    }

    private static Progress TakeHalves(Across batch, TwinsLed led, Replies replies)
    {
        var places = new Dictionary<string, string>();
        AddPlaces(places, batch.NamesIn(batch.Leader), led.Places);
        foreach (var other in batch.Others)
        {
            switch (replies.Next())
            {
                case null:
                    return Progress.Asking(new TakeHalf(batch.Key, other, batch.Leader, batch.Members, batch.Kindergarten, led.Until, led.InWindow));
                case HalfTaken taken:
                    AddPlaces(places, batch.NamesIn(other), taken.Places);
                    break;
                case Answered refused:
                    return Undo(batch, Progress.Ended(refused.Answer), replies);
                default:
                    return Undo(batch, Progress.Nothing, replies);
            }
        }

        return replies.Next<TwinsKept>() switch
        {
            null => Progress.Asking(new HoldTwins(batch.Key, batch.Leader)),
            { AreHeld: true } => TellHeld(batch, new PlacesReserved([.. batch.Members.Select(member => places[member.Application])], led.Until), replies),
            _ => UndoOthers(batch, Progress.Nothing, replies),
        };
    }

    private static void AddPlaces(Dictionary<string, string> places, IEnumerable<string> members, IReadOnlyList<string> taken)
    {
        foreach (var (member, place) in members.Zip(taken))
        {
            places.Add(member, place);
        }
    }

    private static Progress TellHeld(Across batch, PlacesReserved answer, Replies replies)
    {
        foreach (var other in batch.Others)
        {
            if (replies.Next<Noted>() is null)
            {
                return new Progress(new HoldHalf(batch.Key, other), answer);
            }
        }

        return Progress.Ended(answer);
    }

    // The leader first: from then on every other queue that asks hears that the batch is undone.
    private static Progress Undo(Across batch, Progress end, Replies replies) => replies.Next<Noted>() is null
        ? Progress.Asking(new UndoTwins(batch.Key, batch.Leader))
        : UndoOthers(batch, end, replies);

    private static Progress UndoOthers(Across batch, Progress end, Replies replies)
    {
        foreach (var other in batch.Others)
        {
            if (replies.Next<Noted>() is null)
            {
                return end with { Ask = new UndoHalf(batch.Key, other) };
            }
        }

        return end;
    }
}

/// <summary>A batch across queues that is to be reserved.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Members">All members in the order of the reservation.</param>
/// <param name="Kindergarten">The kindergarten.</param>
/// <param name="Leader">The queue with the smallest key.</param>
/// <param name="Others">The other queues, in the order of their keys.</param>
internal sealed record Across(CommandKey Key, IReadOnlyList<BatchMember> Members, string Kindergarten, QueueKey Leader, IReadOnlyList<QueueKey> Others)
{
    /// <summary>The members in a queue, in the order of the reservation.</summary>
    public IEnumerable<string> NamesIn(QueueKey queue) => Members.Where(member => member.Queue == queue).Select(member => member.Application);
}

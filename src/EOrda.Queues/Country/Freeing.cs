using EOrda.Queues.Rules;
using EOrda.Queues.Steps;

namespace EOrda.Queues.Country;

/// <summary>Reporting a free place: its identifier is claimed, then its queue takes it (rules, section 5).</summary>
internal static class Freeing
{
    public static Progress Next(FreePlace free, CommandKey key, Replies replies)
    {
        switch (replies.Next())
        {
            case null:
                return Progress.Asking(new FindQueueOfPlace(key, free.Kindergarten, free.Queue, free.Age));
            case Answered refused:
                return Progress.Ended(refused.Answer);
            case KindergartenFound { Queue: { } queue }:
                return Report(new ClaimPlace(key, free.Place, free.Kindergarten, queue), replies);
        }

        // No queue of the kindergarten's; but a place that is known already is refused as that first.
        return replies.Next<QueueFound>() is { } found
            ? Progress.Refused(found.Queue is null ? Reason.BadQueue : Reason.DuplicatePlace)
            : Progress.Asking(new FindPlace(key, free.Place));
    }

    private static Progress Report(ClaimPlace claim, Replies replies)
    {
        switch (replies.Next())
        {
            case null:
                return Progress.Asking(claim);
            case Answered duplicate:
                return Progress.Ended(duplicate.Answer);
        }

        if (replies.Next<Answered>() is not { } reported)
        {
            return Progress.Asking(new ReportPlace(claim.Key, claim.Queue, claim.Place, claim.Kindergarten));
        }

        return replies.Next<Noted>() is null ? Progress.Asking(new KeepPlace(claim.Key, claim.Place)) : Progress.Ended(reported.Answer);
    }
}

using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;

namespace EOrda.Queues.Country;

/// <summary>
/// Filing an application: one active application a child and kind in the whole country (rules, section 4; 000: 10-9 … 10-30). The child's register lets
/// one filing of the child begin at a time; the identifier is claimed before the queue files, and given back when the queue refuses.
/// </summary>
internal static class Filing
{
    public static Progress Next(Submit submit, CommandKey key, Replies replies)
    {
        if (!QueueKey.TrySplit(submit.Queue, out var locality, out var kind, out var cohort))
        {
            return Progress.Refused(Reason.BadQueue);
        }

        if (replies.Next<LocalityFound>() is not { } found)
        {
            return Progress.Asking(new FindLocality(key, locality));
        }

        if (!found.IsKnown)
        {
            return Progress.Refused(Reason.UnknownLocality);
        }

        return QueueKey.TryCreate(locality, kind, cohort, out var queue) ? Begin(submit, queue, key, replies) : Progress.Refused(Reason.BadQueue);
    }

    private static Progress Begin(Submit submit, QueueKey queue, CommandKey key, Replies replies)
    {
        if (replies.Next<FilingBegan>() is not { } began)
        {
            return Progress.Asking(new BeginFiling(key, submit, queue));
        }

        switch (replies.Next())
        {
            case null:
                return Progress.Asking(new ClaimApplication(key, submit.Application, queue));
            case Answered duplicate:
                return End(submit, queue, key, duplicate.Answer, filed: null, replies);
        }

        var otherIsActive = false;
        if (began.Last is { } last)
        {
            if (replies.Next<Activity>() is not { } told)
            {
                return Progress.Asking(new TellWhetherActive(key, last.Queue, last.Application));
            }

            otherIsActive = told.IsActive;
        }

        return File(submit, queue, key, otherIsActive, replies);
    }

    private static Progress File(Submit submit, QueueKey queue, CommandKey key, bool otherIsActive, Replies replies)
    {
        switch (replies.Next())
        {
            case null:
                return Progress.Asking(new FileApplication(key, queue, submit, otherIsActive));
            case ApplicationFiled filed when replies.Next<Noted>() is not null:
                // Filed though another is active: long ago, by this very command. The other came later and stays the child's last.
                ApplicationPointer? pointer = otherIsActive ? null : new ApplicationPointer(queue, filed.Application);
                return End(submit, queue, key, filed.Standing, pointer, replies);
            case ApplicationFiled:
                return Progress.Asking(new KeepApplication(key, submit.Application));
            case Answered refused when replies.Next<Noted>() is not null:
                return End(submit, queue, key, refused.Answer, filed: null, replies);
            default:
                return Progress.Asking(new GiveApplicationBack(key, submit.Application));
        }
    }

    private static Progress End(Submit submit, QueueKey queue, CommandKey key, Answer answer, ApplicationPointer? filed, Replies replies) =>
        replies.Next<Noted>() is null ? Progress.Asking(new EndFiling(key, submit.Child, queue.Kind, filed)) : Progress.Ended(answer);
}

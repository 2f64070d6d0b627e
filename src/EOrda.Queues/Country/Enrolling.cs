using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;

namespace EOrda.Queues.Country;

/// <summary>
/// Enrolling a child, which frees the place that it held before in the same kind (rules, section 4; 001: 32). Once prepared it goes forward: the child
/// leaves the former place, then gets the new one. For moments it has none, never two.
/// </summary>
internal static class Enrolling
{
    public static Progress Next(Enrol enrol, CommandKey key, Replies replies)
    {
        if (replies.Next<QueueFound>() is not { } found)
        {
            return Progress.Asking(new FindApplication(key, enrol.Application));
        }

        if (found.Queue is not { } queue)
        {
            return Progress.Refused(Reason.UnknownApplication);
        }

        return replies.Next() switch
        {
            null => Progress.Asking(new PrepareEnrolment(key, queue, enrol.Application)),
            EnrolmentReady ready => GoForward(ready, enrol.Application, queue, key, replies),
            var reply => Progress.Ended(((Answered)reply).Answer),
        };
    }

    // The child's register knows of the new application before the place on it is the child's: no other enrolment can miss it.
    private static Progress GoForward(EnrolmentReady ready, string application, QueueKey queue, CommandKey key, Replies replies)
    {
        if (replies.Next<FormerFound>() is not { } found)
        {
            return Progress.Asking(new PlaceChild(key, ready.Child, new ApplicationPointer(queue, ready.Application)));
        }

        string? left = null;
        if (found.Former is { } former)
        {
            if (replies.Next<FormerPlace>() is not { } place)
            {
                return Progress.Asking(new LeaveFormerPlace(key, former.Queue, former.Application));
            }

            left = place.Place;
        }

        return replies.Next<Answered>() is { } enrolled
            ? Progress.Ended(enrolled.Answer)
            : Progress.Asking(new CompleteEnrolment(key, queue, application, left));
    }
}

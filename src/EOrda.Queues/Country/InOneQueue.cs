using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using EOrda.Queues.Twins;

namespace EOrda.Queues.Country;

/// <summary>A command about one application or place, which its queue decides.</summary>
internal static class InOneQueue
{
    public static Progress Next(Command command, CommandKey key, Replies replies)
    {
        var ofPlace = command as RevokePlace;
        if (replies.Next<QueueFound>() is not { } found)
        {
            return Progress.Asking(ofPlace is null ? new FindApplication(key, ((ApplicationCommand)command).Application) : new FindPlace(key, ofPlace.Place));
        }

        if (found.Queue is not { } queue)
        {
            return Progress.Refused(ofPlace is null ? Reason.UnknownApplication : Reason.UnknownPlace);
        }

        return replies.Next() switch
        {
            null => Progress.Asking(new DecideCommand(key, queue, command)),
            InTwins twins => EndingTwins.Next((ApplicationCommand)command, key, twins, replies),
            PlaceNotHere => WithPlaceElsewhere((Reserve)command, key, queue, replies),
            var reply => Progress.Ended(((Answered)reply).Answer),
        };
    }

    // The queue decides, but needs to hear from the register whether the place is another queue's or nobody's.
    private static Progress WithPlaceElsewhere(Reserve reserve, CommandKey key, QueueKey queue, Replies replies)
    {
        if (replies.Next<QueueFound>() is not { } found)
        {
            return Progress.Asking(new FindPlace(key, reserve.Place!));
        }

        return replies.Next<Answered>() is { } decided
            ? Progress.Ended(decided.Answer)
            : Progress.Asking(new DecideCommand(key, queue, reserve, IsPlaceElsewhere: found.Queue is not null));
    }
}

using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using EOrda.Queues.Twins;

namespace EOrda.Queues.Country;

/// <summary>A batch across queues is confirmed or dropped: its leader decides alone, and what it decided is carried to the others until they have it.</summary>
internal static class EndingTwins
{
    public static Progress Next(ApplicationCommand command, CommandKey key, InTwins twins, Replies replies) => replies.Next() switch
    {
        null => Progress.Asking(new EndTwins(key, twins.Leader, twins.Batch, command is Confirm)),
        TwinsEnded ended when command is Confirm => CarryConfirmation(twins, ended, replies),
        TwinsEnded ended => CarryDrop(twins, ended, replies),
        var reply => Progress.Ended(((Answered)reply).Answer),
    };

    private static Progress CarryConfirmation(InTwins twins, TwinsEnded ended, Replies replies)
    {
        var referrals = ended.Referrals.ToList();
        var others = Others(twins, ended);
        foreach (var other in others)
        {
            if (replies.Next<HalfConfirmed>() is not { } confirmed)
            {
                return Progress.Asking(new ConfirmHalf(twins.Batch, other));
            }

            referrals.AddRange(confirmed.Referrals);
        }

        var inOrder = ended.Members.Select(member => referrals.Find(referral => referral.Application == member.Application)).OfType<ReferralGiven>();
        return NoteSettled(twins, others, new ReferralsGiven([.. inOrder]), replies);
    }

    private static Progress CarryDrop(InTwins twins, TwinsEnded ended, Replies replies)
    {
        var others = Others(twins, ended);
        foreach (var other in others)
        {
            if (replies.Next<Noted>() is null)
            {
                return Progress.Asking(new EndHalf(twins.Batch, other, ended.At));
            }
        }

        return NoteSettled(twins, others, new PlaceReturns(ended.AvailableAt), replies);
    }

    private static Progress NoteSettled(InTwins twins, List<QueueKey> others, Answer answer, Replies replies)
    {
        foreach (var other in others)
        {
            if (replies.Next<Noted>() is null)
            {
                return new Progress(new NoteSettled(twins.Batch, twins.Leader, other), answer);
            }
        }

        return Progress.Ended(answer);
    }

    private static List<QueueKey> Others(InTwins twins, TwinsEnded ended) =>
        [.. ended.Members.Select(member => member.Queue).Distinct().Where(queue => queue != twins.Leader).OrderBy(queue => queue.ToString(), StringComparer.Ordinal)];
}

using EOrda.Queues.Names;
using EOrda.Queues.Steps;
using EOrda.Queues.Twins;

namespace EOrda.Queues.Country;

/// <summary>Carries to the other queues of a batch what its leader says of it. What the leader does not know is undone.</summary>
internal static class CarryingTwins
{
    public static Progress Next(TwinsProcess process, Replies replies)
    {
        if (replies.Next<TwinsOutcome>() is not { } outcome)
        {
            return Progress.Asking(new TellOutcome(process.Key, process.Leader, process.Batch));
        }

        foreach (var other in process.Other is { } asking ? [asking] : outcome.Unsettled)
        {
            if (outcome.State != TwinState.Pending && replies.Next() is null)
            {
                return Progress.Asking(Carry(process.Batch, other, outcome));
            }

            if (outcome.State > TwinState.Held && replies.Next<Noted>() is null)
            {
                return Progress.Asking(new NoteSettled(process.Batch, process.Leader, other));
            }
        }

        return Progress.Nothing;
    }

    private static QueueStep Carry(CommandKey batch, QueueKey other, TwinsOutcome outcome) => outcome.State switch
    {
        null => new UndoHalf(batch, other),
        TwinState.Held => new HoldHalf(batch, other),
        TwinState.Confirmed => new ConfirmHalf(batch, other),
        _ => new EndHalf(batch, other, outcome.At),
    };
}

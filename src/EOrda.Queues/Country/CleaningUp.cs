using EOrda.Queues.Rules;
using EOrda.Queues.Steps;

namespace EOrda.Queues.Country;

/// <summary>The yearly clean-up of a locality: each of its queues decides its own part (rules, section 4). The answer names the stop-listed queue by queue.</summary>
internal static class CleaningUp
{
    public static Progress Next(CleanUp cleanUp, CommandKey key, Replies replies)
    {
        if (replies.Next<QueuesFound>() is not { } found)
        {
            return Progress.Asking(new FindQueues(key, cleanUp.Locality));
        }

        if (found.Queues is null)
        {
            return Progress.Refused(Reason.UnknownLocality);
        }

        var stopListed = new List<string>();
        foreach (var queue in found.Queues)
        {
            if (replies.Next<Answered>() is not { } cleaned)
            {
                return Progress.Asking(new DecideCommand(key, queue, cleanUp));
            }

            stopListed.AddRange(((CleanedUp)cleaned.Answer).StopListed);
        }

        return Progress.Ended(new CleanedUp(stopListed));
    }
}

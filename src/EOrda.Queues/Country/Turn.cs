using EOrda.Queues.Steps;

namespace EOrda.Queues.Country;

/// <summary>Takes a command's turn: runs its process to the end in one go.</summary>
public static class Turn
{
    /// <summary>Has the entities take the steps of the command, one after another, until it is answered and everything is carried on.</summary>
    /// <exception cref="InvalidOperationException">An entity is busy with another process, which in turns taken whole never is under way.</exception>
    public static Answer Take(Command command, CommandKey key, ITurn turn)
    {
        var process = new CommandProcess(key, command);
        var replies = new List<Reply>();
        while (true)
        {
            var progress = process.After(replies);
            if (progress.Ask is not { } step)
            {
                return progress.Answer!;
            }

            var reply = turn.Take(step);
            replies.Add(reply is Busy ? throw new InvalidOperationException($"Busy at {step.GetType().Name} of {command.GetType().Name}.") : reply);
        }
    }
}

using EOrda.Actors;
using EOrda.Actors.Processes;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Steps;

namespace EOrda.Simulation.Cluster.Nodes;

/// <summary>A node's door: runs the process of a command by asking the entities for its steps.</summary>
internal sealed class Door(SimulatedNode node)
{
    private const int MostTries = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Has a command decided.</summary>
    public async Task<Answer> Ask(Command command, CommandKey key)
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

            replies.Add(await Take(step));
        }
    }

    private async Task<Reply> Take(ProcessStep step)
    {
        if (step is LocalityStep ofLocalities)
        {
            return node.World.Localities.Take(ofLocalities, node.Time.Now);
        }

        for (var tries = 0; tries < MostTries; tries++)
        {
            var to = node.Addresses.Of(step);
            var request = node.Courier.Begin(to.Waiting, out var reply);
            node.Regions.Tell(new AskStep(to, step, request));
            if ((Reply)await reply is var taken && taken is not Busy)
            {
                return taken;
            }

            await Task.Delay(Pause, node.Time);
        }

        throw new BusyException($"{step.GetType().Name} waits for another process.", Pause);
    }
}

using EOrda.Actors.Entities;
using EOrda.Actors.Persistence;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Steps;

namespace EOrda.Simulation.Cluster.Checks;

/// <summary>What the journal says of a command: its process, run again over the replies that are stored.</summary>
internal sealed class StoredProcess(ClusterWorld world)
{
    /// <summary>The answer that follows from the steps that are stored; null when one of them is not stored.</summary>
    public Answer? AnswerBySteps(Command command, CommandKey key)
    {
        var process = new CommandProcess(key, command);
        var replies = new List<Reply>();
        while (true)
        {
            var progress = process.After(replies);
            if (progress.Answer is not null || progress.Ask is not { } step || ReplyTo(step) is not { } reply)
            {
                return progress.Answer;
            }

            replies.Add(reply);
        }
    }

    private Reply? ReplyTo(ProcessStep step) => step switch
    {
        FindApplication s => new QueueFound(world.Records.RegisterFor(s.Application)?.QueueOfApplication(s.Application)),
        FindPlace s => new QueueFound(world.Records.RegisterFor(s.Place)?.QueueOfPlace(s.Place)),
        LocalityStep { OnlyLooks: true } s => world.Records.Localities?.Take(s, world.Clock, happened: null),
        LocalityStep => Stored(EntityNames.Localities, step),
        RegisterStep s => Stored(EntityNames.OfRegisterFor(s.Identifier), step),
        QueueStep s => Stored(EntityNames.Of(s.Queue), step),
        _ => null,
    };

    private Reply? Stored(string entity, ProcessStep step) => world.Records.Find(entity, new EncodedStep(step).Key)?.Reply;
}

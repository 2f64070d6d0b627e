using EOrda.Queues;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using EOrda.Simulation.Checks;
using EOrda.Simulation.Cluster.Load;
using EOrda.Simulation.Cluster.Stored;
using EOrda.Simulation.Load;

namespace EOrda.Simulation.Cluster.Checks;

/// <summary>Checks each answer when it is heard, and all of them at a checkpoint: it is stored, and its instant lies between the request and the answer.</summary>
internal sealed class AnswerBooks
{
    private readonly ClusterWorld world;
    private readonly ClusterCallers callers;
    private readonly StoredProcess stored;

    /// <summary>Looks at all answers from now on.</summary>
    public AnswerBooks(ClusterWorld world, ClusterCallers callers)
    {
        (this.world, this.callers, stored) = (world, callers, new StoredProcess(world));
        callers.Heard = Check;
    }

    /// <summary>Checks all answers again.</summary>
    public void CheckAll()
    {
        foreach (var call in callers.Answered)
        {
            CheckStored(call, call.Answer!);
        }
    }

    private void Check(Call call, Answer answer)
    {
        CheckStored(call, answer);
        if (!call.IsOver && world.Records.Find(call.Key) is { } record && (record.At > world.LatestClock || record.At < call.FirstReached))
        {
            world.Fail("instant", $"{call.Command} reached a node at {call.FirstReached}, was answered at {world.Clock}, and is said to be decided at {record.At}.");
        }
    }

    private void CheckStored(Call call, Answer answer)
    {
        switch (answer)
        {
            case CleanedUp cleaned:
                CheckCleanUp(call, cleaned);
                return;
            case Refusal { Reason: Reason.UnknownApplication or Reason.UnknownPlace or Reason.UnknownLocality or Reason.BadQueue or Reason.UnknownKindergarten }:
                CheckUnknown(call, ((Refusal)answer).Reason);
                return;
        }

        Compare(call, answer, world.Records.Find(call.Key)?.Answer);
        if (world.Records.HasSteps(call.Key))
        {
            Compare(call, answer, stored.AnswerBySteps(call.Command, call.Key));
        }
    }

    private void Compare(Call call, Answer answer, Answer? found)
    {
        if (found is null)
        {
            world.Fail("answered is stored", $"{call.Command} is answered {AnswerLines.Of(answer)} and not stored.");
        }
        else if (AnswerLines.Of(found) != AnswerLines.Of(answer))
        {
            world.Fail("answered is stored", $"{call.Command} is answered {AnswerLines.Of(answer)}, stored is {AnswerLines.Of(found)}.");
        }
    }

    private void CheckCleanUp(Call call, CleanedUp cleaned)
    {
        var recorded = world.Records.Entities
            .SelectMany(entity => world.Records.Of(entity))
            .OfType<TakenStep>()
            .Where(taken => taken.Step.Key == call.Key)
            .Select(taken => (taken.Reply as Answered)?.Answer)
            .OfType<CleanedUp>()
            .SelectMany(part => part.StopListed)
            .ToHashSet(StringComparer.Ordinal);
        if (cleaned.StopListed.FirstOrDefault(application => !recorded.Contains(application)) is { } missing)
        {
            world.Fail("answered is stored", $"{call.Command} is said to have stop-listed {missing}, which is not stored.");
        }
    }

    // Nobody is told that something is unknown of which somebody was told before that it is there.
    private void CheckUnknown(Call call, Reason reason)
    {
        var named = (reason, call.Command) switch
        {
            (Reason.UnknownApplication, ApplicationCommand c) => [c.Application],
            (Reason.UnknownApplication, ReserveBatch c) => c.Applications,
            (Reason.UnknownPlace, RevokePlace c) => [c.Place],
            (Reason.UnknownPlace, Reserve { Place: { } place }) => [place],
            _ => (IReadOnlyList<string>)[],
        };
        var known = callers.Answered.FirstOrDefault(other => other.Answer is not Refusal && other.AnsweredAt < call.ReachedAt && other.Command switch
        {
            Submit c => named.Contains(c.Application),
            FreePlace c => named.Contains(c.Place),
            _ => false,
        });
        if (known is not null && !(reason == Reason.UnknownApplication && named.Count > 1))
        {
            world.Fail("seen", $"{call.Command} is answered {reason}, though {known.Command} was answered before.");
        }
    }
}

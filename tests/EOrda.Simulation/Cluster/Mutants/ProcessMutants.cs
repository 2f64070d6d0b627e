using Akka.Actor;
using EOrda.Actors.Country;
using EOrda.Actors.Processes;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Recording;
using EOrda.Queues.Steps;
using EOrda.Queues.Twins;
using EOrda.Simulation.Cluster.Nodes;
using Reply = EOrda.Actors.Routing.Reply;

namespace EOrda.Simulation.Cluster.Mutants;

/// <summary>Steps of processes go wrong on their way.</summary>
internal abstract class StepMutant : ClusterMutant
{
    public override IEnumerable<object> Sent(SimulatedNode node, object message) => message is AskStep ask ? Sent(ask) : [message];

    /// <summary>A step as it leaves a node.</summary>
    protected abstract IEnumerable<object> Sent(AskStep ask);

    /// <summary>Has who asked hear that a step took effect.</summary>
    protected static void Pretend(AskStep ask) => ask.Request.ReplyTo.Tell(new Replies([new Reply(ask.Request.Number, Noted.Done)]), ActorRefs.NoSender);
}

/// <summary>Steps are sent again with another key.</summary>
internal sealed class SendsStepsTwice : StepMutant
{
    private const int OneIn = 100;
    private int sent;

    protected override IEnumerable<object> Sent(AskStep ask)
    {
        yield return ask;
        if (!ask.Step.OnlyLooks && ++sent % OneIn == 0)
        {
            yield return new AskStep(ask.To, ask.Step with { Key = new CommandKey(ask.Step.Key.Value ^ (UInt128.One << 64)) }, ask.Request with { Number = 0 });
        }
    }
}

/// <summary>A half of a batch that is refused is not undone elsewhere.</summary>
internal sealed class ForgetsUndo : StepMutant
{
    protected override IEnumerable<object> Sent(AskStep ask)
    {
        if (ask.Step is UndoTwins or UndoHalf)
        {
            Pretend(ask);
            return [];
        }

        return [ask];
    }
}

/// <summary>A half that is undone counts as a lapse.</summary>
internal sealed class LapsesUndone : StepMutant
{
    protected override IEnumerable<object> Sent(AskStep ask) =>
        [ask.Step is UndoHalf undo ? ask with { Step = new EndHalf(undo.Key, undo.Queue, new EOrda.Queues.Time.Moment(0)) } : ask];
}

/// <summary>A queue never hears what became of a batch that another queue leads.</summary>
internal sealed class NeverTellsOutcome : StepMutant
{
    protected override IEnumerable<object> Sent(AskStep ask) => ask.Step is TellOutcome or UndoHalf or HoldHalf ? [] : [ask];
}

/// <summary>A filing forgets to note the child's application at the child's register.</summary>
internal sealed class ForgetsToKeep : StepMutant
{
    protected override IEnumerable<object> Sent(AskStep ask)
    {
        if (ask.Step is KeepApplication)
        {
            Pretend(ask);
            return [];
        }

        return [ask];
    }
}

/// <summary>A node takes the horizon for later than it is, and hears of changes too late.</summary>
internal sealed class StretchesHorizon : ClusterMutant
{
    private static readonly TimeSpan Stretch = TimeSpan.FromMinutes(4);
    private static readonly byte[] NoChanges = Written();
    private readonly Dictionary<SimulatedNode, long> heldSince = [];

    public override IEnumerable<object> Sent(SimulatedNode node, object message)
    {
        if (message is not AskHorizon ask || !node.World.Faults.Are)
        {
            return [message];
        }

        var keeper = ask.Request.ReplyTo;
        var stretched = node.Relayed("stretched-horizon", (reply, _) =>
            keeper.Tell(reply is Replies { All: [{ Content: HorizonTold told } one] } ? new Replies([one with { Content = Stretched(node, told) }]) : reply, ActorRefs.NoSender));
        return [ask with { Request = ask.Request with { ReplyTo = stretched } }];
    }

    private HorizonTold Stretched(SimulatedNode node, HorizonTold told)
    {
        if (told.Changes.Span.SequenceEqual(NoChanges))
        {
            return told with { Until = told.Until.Plus(Stretch) };
        }

        if (!heldSince.TryGetValue(node, out var since))
        {
            heldSince[node] = since = node.World.Ticks;
        }

        if (node.World.Ticks - since < Stretch.Ticks)
        {
            return told with { Changes = NoChanges, IsWhole = true, Until = told.Until.Plus(Stretch) };
        }

        heldSince.Remove(node);
        return told;
    }

    private static byte[] Written()
    {
        var to = new ByteWriter();
        LocalitiesSnapshot.WriteChanges(to, []);
        return to.Written.ToArray();
    }
}

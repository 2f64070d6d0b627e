using Akka.Actor;
using EOrda.Actors.Live;
using EOrda.Actors.Routing;

namespace EOrda.Actors.Persistence.Tests.Watching;

/// <summary>Stands for the shard region: starts queues' actors when a message comes, stops them when a test says so, and puts a lossy line before the relay.</summary>
internal sealed class TestRegion : UntypedActor
{
    private readonly Dictionary<string, IActorRef> entities = [];
    private readonly Func<EntityAddress, Props> entity;
    private readonly IActorRef line;
    private int starts;

    public TestRegion(Func<EntityAddress, Props> entity, IActorRef line)
    {
        this.entity = entity;
        this.line = line;
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WatchQueue watch:
                Send(watch with { Relay = line });
                break;
            case UnwatchQueue unwatch:
                Send(unwatch with { Relay = line });
                break;
            case Direct direct:
                Send(direct.Message);
                break;
            case ToEntity to:
                Send(to);
                break;
            case StopAll:
                foreach (var running in entities.Values)
                {
                    Context.Watch(running);
                    Context.Stop(running);
                }

                Sender.Tell(entities.Count);
                entities.Clear();
                break;
            case Terminated gone:
                foreach (var name in entities.Where(entry => entry.Value.Equals(gone.ActorRef)).Select(entry => entry.Key).ToList())
                {
                    entities.Remove(name);
                }

                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Send(ToEntity message) => EntityOf(message.To).Forward(Crossing.Over(Context.System, message));

    private IActorRef EntityOf(EntityAddress address)
    {
        if (!entities.TryGetValue(address.Entity, out var running))
        {
            entities[address.Entity] = running = Context.ActorOf(entity(address), $"queue-{++starts}");
            Context.Watch(running);
        }

        return running;
    }

    internal sealed record StopAll;

    /// <summary>Past the lossy line.</summary>
    internal sealed record Direct(ToEntity Message);
}

/// <summary>The line from a queue to the relay, which loses what a test says.</summary>
internal sealed class LossyLine : UntypedActor
{
    private IActorRef relay = ActorRefs.Nobody;
    private Func<object, bool> loses = _ => false;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Connect connect:
                relay = connect.Relay;
                break;
            case Lose lose:
                loses = lose.Which;
                Sender.Tell("losing");
                break;
            default:
                if (!loses(message))
                {
                    relay.Forward(Crossing.Over(Context.System, message));
                }

                break;
        }
    }

    internal sealed record Connect(IActorRef Relay);

    internal sealed record Lose(Func<object, bool> Which);
}

using Akka.Actor;
using EOrda.Actors.Routing;

namespace EOrda.Actors.Persistence.Tests.Processes;

/// <summary>What becomes of a message on its way to its entity, and of the entity.</summary>
internal enum Fate
{
    Arrives,
    IsLost,

    /// <summary>The entity stops, and its next instance takes the message.</summary>
    FindsItStopped,

    /// <summary>The entity takes the message and stops before what it decided is stored.</summary>
    StopsIt,
}

/// <summary>Stands for the shard regions of a node: starts entities when messages come for them, and stops them when a test says so.</summary>
internal sealed class EntityHost(Func<EntityAddress, Props> props, Func<ToEntity, Fate> fate) : UntypedActor
{
    private readonly Dictionary<string, Hosted> entities = new(StringComparer.Ordinal);
    private readonly List<IActorRef> waiting = [];

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ToEntity to:
                Pass(to);
                break;
            case Terminated gone:
                Restart(gone.ActorRef);
                break;
            case StopAll:
                waiting.Add(Sender);
                foreach (var hosted in entities.Values)
                {
                    Stop(hosted);
                }

                TellWhoWaits();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Pass(ToEntity to)
    {
        var becomes = fate(to);
        if (becomes == Fate.IsLost)
        {
            return;
        }

        if (!entities.TryGetValue(to.To.Entity, out var hosted))
        {
            entities[to.To.Entity] = hosted = Start(to.To);
        }

        if (becomes == Fate.FindsItStopped)
        {
            Stop(hosted);
        }

        if (hosted.IsStopping)
        {
            hosted.Held.Add(to);
            return;
        }

        hosted.Actor.Tell(to, Sender);
        if (becomes == Fate.StopsIt)
        {
            hosted.IsStopping = true;
            hosted.Actor.Tell(PoisonPill.Instance);
        }
    }

    private Hosted Start(EntityAddress address) => new(address, Context.Watch(Context.ActorOf(props(address))));

    private static void Stop(Hosted hosted)
    {
        if (!hosted.IsStopping)
        {
            hosted.IsStopping = true;
            Context.Stop(hosted.Actor);
        }
    }

    private void Restart(IActorRef actor)
    {
        var gone = entities.Values.Single(hosted => hosted.Actor.Equals(actor));
        entities.Remove(gone.Address.Entity);
        if (gone.Held.Count > 0)
        {
            var next = entities[gone.Address.Entity] = Start(gone.Address);
            gone.Held.ForEach(next.Actor.Tell);
        }

        TellWhoWaits();
    }

    private void TellWhoWaits()
    {
        if (entities.Values.All(hosted => !hosted.IsStopping))
        {
            waiting.ForEach(one => one.Tell("stopped"));
            waiting.Clear();
        }
    }

    internal sealed record StopAll;

    private sealed class Hosted(EntityAddress address, IActorRef actor)
    {
        public EntityAddress Address { get; } = address;

        public IActorRef Actor { get; } = actor;

        public List<ToEntity> Held { get; } = [];

        public bool IsStopping { get; set; }
    }
}

using Akka.Actor;
using Akka.Cluster.Sharding;
using EOrda.Actors.Routing;

namespace EOrda.Actors.Persistence.Tests.Country;

/// <summary>
/// Stands for a shard region: starts an entity when a message for it comes, and passivates it when it asks so. Loses and changes messages as a test says.
/// </summary>
internal sealed class TestRegion : UntypedActor
{
    private readonly Func<string, Props> entity;
    private readonly Func<ToEntity, ToEntity?> line;
    private readonly Dictionary<string, IActorRef> running = [];
    private readonly Dictionary<IActorRef, (string Name, List<ToEntity> Waiting)> stopping = [];
    private int starts;

    public TestRegion(Func<string, Props> entity, Func<ToEntity, ToEntity?> line)
    {
        this.entity = entity;
        this.line = line;
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ToEntity sent when line(sent) is { } to:
                Deliver(to);
                break;
            case ToEntity:
                break;
            case Passivate passivate when running.FirstOrDefault(one => one.Value.Equals(Sender)).Key is { } name:
                stopping.TryAdd(Sender, (name, []));
                Sender.Tell(passivate.StopMessage);
                break;
            case Terminated gone:
                Stopped(gone.ActorRef);
                break;
            case RunningNow:
                Sender.Tell(running.ToDictionary());
                break;
            case Crash crash when running.TryGetValue(crash.Entity, out var crashing):
                Context.Stop(crashing);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Deliver(ToEntity message)
    {
        if (!running.TryGetValue(message.To.Entity, out var actor))
        {
            running[message.To.Entity] = actor = Context.ActorOf(entity(message.To.Entity), $"entity-{++starts}");
            Context.Watch(actor);
        }

        if (stopping.TryGetValue(actor, out var later))
        {
            later.Waiting.Add(message);
        }
        else
        {
            actor.Tell(message, Sender);
        }
    }

    private void Stopped(IActorRef actor)
    {
        foreach (var name in running.Where(one => one.Value.Equals(actor)).Select(one => one.Key).ToList())
        {
            running.Remove(name);
        }

        if (stopping.Remove(actor, out var later))
        {
            later.Waiting.ForEach(Deliver);
        }
    }

    internal sealed record RunningNow;

    /// <summary>The entity stops as it is.</summary>
    internal sealed record Crash(string Entity);
}

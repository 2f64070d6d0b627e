using Akka.Actor;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Recording;
using EOrda.Queues.Time;

namespace EOrda.Actors.Persistence.Tests.Watching;

/// <summary>Writes a queue's first records, before its own actor is there.</summary>
internal sealed class SeedingEntity(string name, EntityServices services) : PersistedEntity(name, services)
{
    protected override void OnMessage(object message)
    {
        var seed = (Seed)message;
        Record(seed.At, seed.Events, EventFormat.Write);
        Reply(seed.Request, Answer.Done);
    }
}

internal sealed record Seed(Request Request, Moment At, QueueEvent[] Events) : INoSerializationVerificationNeeded;

using Akka.Actor;
using Akka.Event;
using EOrda.Actors.Routing;

namespace EOrda.Actors.Persistence;

/// <summary>
/// Replies to requests that reached no entity, because it was stopping, recovering in vain or moving: nothing was decided, so whoever waits hears that at once and
/// not after the patience of a request.
/// </summary>
internal sealed class DeadLetterReplies : UntypedActor
{
    private readonly EntityServices services;

    public DeadLetterReplies(EntityServices services) => this.services = services;

    /// <inheritdoc/>
    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (message is DeadLetter { Message: IRequest { Request: var request } })
        {
            request.ReplyTo.Tell(new Replies([new Reply(request.Number, services.NotReached())]), Self);
        }
    }

    /// <inheritdoc/>
    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self, typeof(DeadLetter));
}

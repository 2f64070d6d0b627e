using Akka.Actor;
using EOrda.Actors.Routing;
using EOrda.Queues.Time;

namespace EOrda.Actors.Membership;

/// <summary>Asks another node what time it is.</summary>
/// <param name="ReplyTo">Who asks.</param>
/// <param name="Number">The question's number there.</param>
internal sealed record AskClock(IActorRef ReplyTo, long Number) : IWireMessage;

/// <summary>What time it is at a node.</summary>
/// <param name="Number">The question's number.</param>
/// <param name="At">The node's instant.</param>
internal sealed record ClockTold(long Number, Moment At) : IWireMessage;

using EOrda.Actors.Routing;
using EOrda.Queues.Steps;

namespace EOrda.Actors.Processes;

/// <summary>Have an entity take a step of a process. The reply is a reply to steps, or a <see cref="RequestFailure"/>.</summary>
internal sealed record AskStep(EntityAddress To, ProcessStep Step, Request Request) : ToEntity(To), IRequest;

using EOrda.Actors.Queries;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Portal.Applications;

/// <summary>
/// An application as everyone may see it: no more than what a public register of the queue shows. Its category, its dates and its place are its owner's
/// (<see cref="ApplicationView"/>).
/// </summary>
/// <param name="Application">Its number.</param>
/// <param name="Queue">Its queue.</param>
/// <param name="At">When it was looked at.</param>
/// <param name="Status">What it is doing.</param>
/// <param name="Position">Its position, unless it does not wait.</param>
/// <param name="Waiting">How many wait in the queue.</param>
internal sealed record PublicApplicationView(string Application, string Queue, Moment At, Status Status, int? Position, int Waiting)
{
    /// <summary>The one application asked for, or null when it is not of the queue.</summary>
    public static PublicApplicationView? Of(QueueKey queue, ApplicationStates reply) => reply.States[0] is { } found
        ? new PublicApplicationView(found.Application, queue.ToString(), reply.At, found.Status, found.Position, reply.Waiting)
        : null;
}

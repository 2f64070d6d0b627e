using System.Runtime.InteropServices;
using EOrda.Actors.Persistence;
using EOrda.Actors.Routing;
using EOrda.Queues.Recording;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;
using Reply = EOrda.Queues.Steps.Reply;

namespace EOrda.Actors.Processes;

/// <summary>An entity that takes steps of processes: what it did for a step it records, and replies the same when the step is asked again.</summary>
/// <typeparam name="TEvent">What happens to it.</typeparam>
internal abstract class ProcessEntity<TEvent>(string name, EntityServices services) : PersistedEntity(name, services)
{
    private readonly List<TEvent> happened = [];

    /// <summary>Writes an event to a record.</summary>
    protected abstract Action<ByteWriter, TEvent> Format { get; }

    /// <summary>Brings the state up to an instant.</summary>
    /// <returns>Why nothing can be decided then, or null.</returns>
    protected virtual RequestFailure? BringUp(Moment at) => null;

    /// <summary>Takes a step and applies what was decided.</summary>
    /// <param name="step">A step of this kind of entity.</param>
    /// <param name="at">The instant, up to which the state was brought.</param>
    /// <param name="happened">Receives the events.</param>
    protected abstract Reply Take(ProcessStep step, Moment at, List<TEvent> happened);

    /// <inheritdoc/>
    protected override void OnMessage(object message)
    {
        switch (message)
        {
            case AskStep ask:
                Take(ask);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>The failure of a request that cannot be taken now; nothing was decided.</summary>
    /// <param name="why">What the entity does or lacks, for logs.</param>
    protected RequestFailure BusyFor(string why) => new(FailureKind.Busy, Services.Bounds.RetryAfter, $"{PersistenceId} {why}.");

    /// <summary>Why nothing more can be recorded at an instant, or null.</summary>
    protected RequestFailure? RoomFault(Moment at)
    {
        if (IsFull)
        {
            return BusyFor("has as much waiting for the database as it may");
        }

        return Memory.Answers.HasRoom(at) ? null : BusyFor("keeps as many answers as it may");
    }

    private void Take(AskStep ask)
    {
        var at = InstantNow();
        if (ask.Step.OnlyLooks)
        {
            Reply(ask.Request, BringUp(at) ?? (object)Look(ask.Step, at));
            return;
        }

        var step = new EncodedStep(ask.Step);
        if (TryFindReply(step, ask.Request))
        {
            return;
        }

        if ((RoomFault(at) ?? BringUp(at)) is { } fault)
        {
            Reply(ask.Request, fault);
            return;
        }

        happened.Clear();
        var reply = Take(ask.Step, at, happened);
        if (reply is not (Busy or PlaceNotHere))
        {
            Record(at, step, reply, CollectionsMarshal.AsSpan(happened), Format);
        }

        Reply(ask.Request, reply);
    }

    private Reply Look(ProcessStep step, Moment at)
    {
        happened.Clear();
        return Take(step, at, happened);
    }

    private bool TryFindReply(EncodedStep step, Request request)
    {
        try
        {
            if (Memory.Answers.FindReply(step.Key, step.Fingerprint) is { } first)
            {
                Reply(request, first);
                return true;
            }

            return false;
        }
        catch (KeyReusedException)
        {
            Reply(request, RequestFailure.KeyReused);
            return true;
        }
    }
}

using System.Runtime.InteropServices;
using Akka.Actor;
using EOrda.Actors.Persistence;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Recording;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;
using Reply = EOrda.Queues.Steps.Reply;

namespace EOrda.Actors.Processes;

/// <summary>
/// An entity that takes steps of processes: what it did for a step it records, and replies the same when the step is asked again. It is home to commands
/// that are run as processes, and has what its state says is unfinished run again.
/// </summary>
/// <typeparam name="TEvent">What happens to it.</typeparam>
internal abstract partial class ProcessEntity<TEvent>(string name, EntityServices services, ProcessRunner processes) : PersistedEntity(name, services), IWithTimers
{
    private readonly List<TEvent> happened = [];

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Runs the node's processes.</summary>
    protected ProcessRunner Processes { get; } = processes;

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
            case AskHome ask:
                DecideAtHome(ask);
                break;
            case CommandEnded ended:
                End(ended);
                break;
            case LookForUnfinished:
                RunUnfinished();
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
        if (!Services.Health.IsAvailable)
        {
            return Services.NotRecorded(PersistenceId);
        }

        if (IsFull)
        {
            return BusyFor("has as much waiting for the database as it may");
        }

        return Memory.Answers.HasRoom(at) ? null : BusyFor("keeps as many answers as it may");
    }

    /// <summary>Replies with the first answer when the key was used before. False when the command is still to be decided.</summary>
    protected bool TryReplyFirst(EncodedCommand command, Request request)
    {
        try
        {
            return TryReply(FirstAnswer(command), request);
        }
        catch (KeyReusedException)
        {
            Reply(request, RequestFailure.KeyReused);
            return true;
        }
    }

    private void Take(AskStep ask)
    {
        var at = InstantNow();
        if (ask.Step.OnlyLooks)
        {
            Reply(ask.Request, BringUp(at) ?? (object)TakeStep(ask.Step, at));
            return;
        }

        var step = new EncodedStep(ask.Step);
        if (TryReplyFirst(step, ask.Request))
        {
            return;
        }

        if ((RoomFault(at) ?? BringUp(at)) is { } fault)
        {
            Reply(ask.Request, fault);
            return;
        }

        var reply = TakeStep(ask.Step, at);
        if (reply is not (Busy or PlaceNotHere))
        {
            Record(at, step, reply, CollectionsMarshal.AsSpan(happened), Format);
            SeeToUnfinished();
        }

        Reply(ask.Request, reply);
    }

    private Reply TakeStep(ProcessStep step, Moment at)
    {
        happened.Clear();
        return Take(step, at, happened);
    }

    private bool TryReplyFirst(EncodedStep step, Request request)
    {
        try
        {
            return TryReply(Memory.Answers.FindReply(step.Key, step.Fingerprint), request);
        }
        catch (KeyReusedException)
        {
            Reply(request, RequestFailure.KeyReused);
            return true;
        }
    }

    private bool TryReply(object? first, Request request)
    {
        if (first is not null)
        {
            Reply(request, first);
        }

        return first is not null;
    }
}

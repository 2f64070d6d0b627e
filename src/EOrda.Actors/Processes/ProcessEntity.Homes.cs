using Akka.Actor;
using EOrda.Actors.Answers;
using EOrda.Actors.Persistence;
using EOrda.Actors.Routing;
using EOrda.Actors.Telemetry;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Time;

namespace EOrda.Actors.Processes;

internal abstract partial class ProcessEntity<TEvent>
{
    private readonly Dictionary<CommandKey, RunningCommand> running = [];

    /// <summary>True while commands that have their home here run as processes. The entity must not be passivated then.</summary>
    protected bool HasRunning => running.Count > 0;

    /// <summary>Those who wait for a command that runs are answered first. A run has a bound in time.</summary>
    protected override bool MayStop => !HasRunning;

    /// <summary>Decides a command that has its home here; as a rule by its process.</summary>
    protected virtual void DecideAtHome(AskHome ask)
    {
        ask.Trace?.Deciding();
        var command = new EncodedCommand(ask.Command, ask.Key);
        if (!TryReplyFirst(command, ask.Request) && !TryJoin(command, ask.Request))
        {
            Run(command, ask.Command, ask.Request, ask.Trace);
        }
    }

    /// <summary>Has those who ask with the key of a command that runs hear its answer. False when it does not run.</summary>
    protected bool TryJoin(EncodedCommand command, Request request)
    {
        if (running.Count == 0 || !running.TryGetValue(command.Key, out var run))
        {
            return false;
        }

        if (run.Encoded.Fingerprint == command.Fingerprint)
        {
            run.Requests.Add(request);
        }
        else
        {
            Reply(request, RequestFailure.KeyReused);
        }

        return true;
    }

    /// <summary>Has a command run as a process; its answer is recorded here when it stands.</summary>
    protected void Run(EncodedCommand encoded, Command command, Request request, AskTrace? trace)
    {
        var at = InstantNow();
        if ((RoomFault(at) ?? QuotaFault(encoded, at)) is { } fault)
        {
            Reply(request, fault);
            return;
        }

        running.Add(encoded.Key, new RunningCommand(encoded, command, [request], trace));
        TellEnd(encoded.Key, Processes.Run(new CommandProcess(encoded.Key, command)));
    }

    /// <summary>Why the application may have nothing more decided on this date, or null. Nobody else hears it.</summary>
    protected RequestFailure? QuotaFault(EncodedCommand command, Moment at) =>
        command.Application is { } application && Memory.Quota.CountOf(application, at) >= Services.Bounds.KeysOfApplication
            ? new RequestFailure(FailureKind.Busy, KeyQuota.UntilNextDate(at), $"An application of {PersistenceId} has had as many commands decided on this date as it may.")
            : null;

    /// <inheritdoc/>
    protected override void PostStop()
    {
        foreach (var request in running.Values.SelectMany(run => run.Requests))
        {
            request.ReplyTo.Tell(new Replies([new Routing.Reply(request.Number, Services.OutcomeUnknown(PersistenceId))]), Self);
        }

        base.PostStop();
    }

    // The actor may have been stopped meanwhile; then its callers have heard so, and whoever asks again is answered by the process run again.
    private void TellEnd(CommandKey key, Task<Answer> answer)
    {
        var self = Self;
        _ = answer.ContinueWith(
            ended => self.Tell(new CommandEnded(key, ended.IsCompletedSuccessfully ? ended.Result : null, ended.Exception?.InnerException), ActorRefs.NoSender),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Current);
    }

    private void End(CommandEnded ended)
    {
        if (!running.Remove(ended.Key, out var run))
        {
            return;
        }

        if (ended.Answer is { } answer && Homes.IsKept(run.Command, answer))
        {
            // What is due is recorded first: no record is older than the one before it.
            var now = InstantNow();
            var at = BringUp(now) is null ? now : Memory.At;
            Record(at, run.Encoded, answer, ReadOnlySpan<TEvent>.Empty, Format);
        }

        run.Trace?.Decided();
        foreach (var request in run.Requests)
        {
            Reply(request, ended.Answer ?? (object)FailureOf(ended.Fault));
        }

        StopIfStored();
    }

    private RequestFailure FailureOf(Exception? fault) => fault switch
    {
        BusyException busy => new RequestFailure(FailureKind.Busy, busy.RetryAfter, busy.Message),
        NotRecordedException refused => new RequestFailure(FailureKind.NotRecorded, refused.RetryAfter, refused.Message),
        KeyReusedException => RequestFailure.KeyReused,
        _ => new RequestFailure(FailureKind.OutcomeUnknown, Services.Bounds.RetryAfter, fault?.Message ?? "The process was stopped."),
    };

    private sealed record RunningCommand(EncodedCommand Encoded, Command Command, List<Request> Requests, AskTrace? Trace);

    /// <summary>Tells the home that a command's answer stands, or why there is none.</summary>
    private sealed record CommandEnded(CommandKey Key, Answer? Answer, Exception? Fault);
}

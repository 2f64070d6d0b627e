using System.Collections.Concurrent;
using EOrda.Actors.Hosting;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Steps;
using Microsoft.Extensions.Logging;
using Reply = EOrda.Queues.Steps.Reply;

namespace EOrda.Actors.Processes;

/// <summary>
/// Runs processes for a node's entities: asks one step after another of the entities they concern, until the answer stands and everything is carried on.
/// A step without a reply is asked again: the entity replies the same and does nothing twice. Nothing of a run is persisted; what is under way stands in
/// the entities' states. Safe for use by many threads.
/// </summary>
internal sealed partial class ProcessRunner : IDisposable
{
    private readonly ConcurrentDictionary<ProcessSubject, byte> subjects = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ActorsBounds bounds;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private int underWay = 1;

    /// <summary>Runs nothing yet.</summary>
    /// <param name="regions">Where the entities are reached.</param>
    /// <param name="bounds">The bounds.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Receives what cannot happen.</param>
    public ProcessRunner(Regions regions, ActorsBounds bounds, TimeProvider time, ILogger<ProcessRunner> log)
    {
        (Regions, this.bounds, this.time, this.log) = (regions, bounds, time, log);
        Addresses = new EntityAddress.Book(bounds.WaitingForEntity);
        Courier = new Courier(bounds.Waiting, bounds.StepTimeout, time);
    }

    /// <summary>Where the entities are reached.</summary>
    public Regions Regions { get; }

    /// <summary>The addresses that steps go to: those who wait for steps are counted apart from the door's.</summary>
    public EntityAddress.Book Addresses { get; }

    /// <summary>The requests that wait for replies to steps. Needs a <see cref="CourierActor"/> of its own.</summary>
    public Courier Courier { get; }

    /// <summary>How many processes run.</summary>
    public int Running => Volatile.Read(ref underWay) - (stopping.IsCancellationRequested ? 0 : 1);

    /// <summary>Runs a command's process. The answer is there as soon as it stands; what is still to be carried on goes on behind it.</summary>
    /// <exception cref="BusyException">As many processes run as may, or the node stops, or an entity was busy for too long. Nothing was decided.</exception>
    /// <exception cref="NotRecordedException">The database did not store the first step that decides anything. Nothing was decided.</exception>
    /// <exception cref="OutcomeUnknownException">Some steps were taken; the same key tells.</exception>
    /// <exception cref="KeyReusedException">The key was used with another command.</exception>
    public Task<Answer> Run(CommandProcess process)
    {
        if (!TryEnter())
        {
            return Task.FromException<Answer>(new BusyException("As many processes run as may, or the node stops.", bounds.RetryAfter));
        }

        var run = new ProcessRun(this, process);
        _ = RunOnAsync(run, subjects.TryAdd(run.Subject, 0));
        return run.Answer;
    }

    /// <summary>Runs a process that an entity's state says is not at its end, unless it runs here already or there is no room: its entity sees to it again.</summary>
    public void RunAgain(Process process)
    {
        var run = new ProcessRun(this, process);
        if (!subjects.TryAdd(run.Subject, 0))
        {
            return;
        }

        if (!TryEnter())
        {
            subjects.TryRemove(run.Subject, out _);
            return;
        }

        _ = RunOnAsync(run, isNamed: true);
    }

    /// <summary>Begins no more, and lets what runs come to its end.</summary>
    /// <param name="patience">How long at most.</param>
    public async Task StopAsync(TimeSpan patience)
    {
        if (!stopping.IsCancellationRequested)
        {
            await stopping.CancelAsync();
            Leave();
        }

        await Task.WhenAny(ended.Task, Task.Delay(patience, time));
    }

    /// <inheritdoc/>
    public void Dispose() => stopping.Dispose();

    /// <summary>Sends a step to its entity.</summary>
    private async Task<Reply> AskAsync(ProcessStep step)
    {
        var address = Addresses.Of(step);
        var request = Courier.Begin(address.Waiting, out var reply);
        Regions.Tell(new AskStep(address, step, request));
        return (Reply)await reply;
    }

    private async Task RunOnAsync(ProcessRun run, bool isNamed)
    {
        try
        {
            await run.RunAsync();
        }
        catch (Exception fault) when (fault is BusyException or NotRecordedException or OutcomeUnknownException or KeyReusedException)
        {
            run.Fail(fault);
        }
        catch (Exception fault)
        {
            LogFailed(log, run.Subject.Key, fault);
            run.Fail(new OutcomeUnknownException("The process failed in the middle; ask again with the same key.", fault));
        }
        finally
        {
            if (isNamed)
            {
                subjects.TryRemove(run.Subject, out _);
            }

            Leave();
        }
    }

    private bool TryEnter()
    {
        if (Interlocked.Increment(ref underWay) <= bounds.Processes + 1 && !stopping.IsCancellationRequested)
        {
            return true;
        }

        Leave();
        return false;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref underWay) == 0)
        {
            ended.TrySetResult();
        }
    }

    [LoggerMessage(60, LogLevel.Error, "The process {Key} failed")]
    private static partial void LogFailed(ILogger log, CommandKey key, Exception fault);

    /// <summary>What a run is about; an entity has it run once at a time.</summary>
    private sealed record ProcessSubject(CommandKey Key, string Other)
    {
        public static ProcessSubject Of(Process process) =>
            process is TwinsProcess twins ? new ProcessSubject(twins.Batch, $"{twins.Leader} {twins.Other}") : new ProcessSubject(process.Key, "");
    }

    /// <summary>One run of a process.</summary>
    private sealed class ProcessRun(ProcessRunner runner, Process process)
    {
        private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
        private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

        private readonly TaskCompletionSource<Answer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly long begun = runner.time.GetTimestamp();
        private bool hasDecided;

        public ProcessSubject Subject { get; } = ProcessSubject.Of(process);

        public Task<Answer> Answer => answer.Task;

        public async Task RunAsync()
        {
            var replies = new List<Reply>();
            while (true)
            {
                var progress = process.After(replies);
                if (progress.Answer is { } stands)
                {
                    answer.TrySetResult(stands);
                }

                if (progress.Ask is not { } step)
                {
                    return;
                }

                replies.Add(await ReplyToAsync(step));
            }
        }

        public void Fail(Exception fault)
        {
            if (answer.TrySetException(fault))
            {
                // Nobody waits for one that is run again.
                _ = answer.Task.Exception;
            }
        }

        // Asks until there is a reply that tells how to go on.
        private async Task<Reply> ReplyToAsync(ProcessStep step)
        {
            for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                Exception fault;
                try
                {
                    var reply = await runner.AskAsync(step);
                    if (reply is not Busy)
                    {
                        hasDecided |= !step.OnlyLooks && reply is not PlaceNotHere;
                        return reply;
                    }

                    fault = new BusyException("Another process that this one depends on is under way.", runner.bounds.RetryAfter);
                }
                catch (OutcomeUnknownException unknown)
                {
                    hasDecided |= !step.OnlyLooks;
                    fault = unknown;
                }
                catch (Exception refused) when (hasDecided && refused is BusyException or NotRecordedException)
                {
                    fault = refused;
                }

                await PauseAsync(pause, fault);
            }
        }

        private async Task PauseAsync(TimeSpan pause, Exception fault)
        {
            if (runner.time.GetElapsedTime(begun) + pause >= runner.bounds.ProcessTime || runner.stopping.IsCancellationRequested)
            {
                throw EndOf(fault);
            }

            try
            {
                await Task.Delay(pause, runner.time, runner.stopping.Token);
            }
            catch (OperationCanceledException)
            {
                throw EndOf(fault);
            }
        }

        private Exception EndOf(Exception fault)
        {
            if (hasDecided)
            {
                return new OutcomeUnknownException("The process did not come to its end in time; ask again with the same key.", fault);
            }

            return fault is OutcomeUnknownException ? new BusyException(fault.Message, runner.bounds.RetryAfter) : fault;
        }
    }
}

using EOrda.Actors.Entities;
using EOrda.Actors.Mailboxes;

namespace EOrda.Actors;

/// <content>What a node does on its timers, and how it stops.</content>
public sealed partial class Node : IAsyncDisposable
{
    private static readonly TimeSpan RestEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Lull = TimeSpan.FromSeconds(10);
    private ITimer? restTimer;
    private ITimer? stepTimer;

    /// <summary>Stops: takes no more, answers what was decided, writes snapshots, and lets the journal go.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stopping)
        {
            return;
        }

        stopping = true;
        await StopTimers();

        // What was asked is run, and may begin joint turns; these are decided, and what they recorded goes to the disk with the rest.
        await RestAll();
        var none = new TaskCompletionSource();
        Interlocked.Exchange(ref noJointTurns, none);
        if (Volatile.Read(ref jointTurns) > 0)
        {
            await none.Task;
        }

        await RestAll();
        if (ownsScheduler)
        {
            Scheduler.Dispose();
        }

        Commits.Close();
        Metrics.Dispose();
        Journal.Dispose();
    }

    private async Task StopTimers()
    {
        foreach (var timer in new[] { restTimer, stepTimer })
        {
            if (timer is not null)
            {
                await timer.DisposeAsync();
            }
        }
    }

    private async Task RestAll()
    {
        foreach (var entity in entities.Values)
        {
            entity.Duty?.Stop();
            if (entity.IsLoaded || entity.MailboxDepth > 0)
            {
                var rest = new Rest(forget: false);
                entity.PostOwn(rest);
                await Quietly(rest);
            }
        }
    }

    private static async Task Quietly(Rest rest)
    {
        try
        {
            await rest.Task;
        }
        catch (Exception fault) when (fault is NotRecordedException or OutcomeUnknownException)
        {
            // Logged where it happened; the journal has what was answered.
        }
    }

    private void RestIdle()
    {
        var now = Time.GetTimestamp();
        foreach (var entity in entities.Values)
        {
            var idle = Time.GetElapsedTime(entity.LastUsed, now);
            if (entity.IsLoaded && entity.Duty?.IsWatched != true && idle > Options.IdleBeforePassivation)
            {
                entity.PostOwn(new Rest(forget: true));
            }
            else if (idle > Lull && entity.RecordsSinceSnapshot >= Options.RecordsPerSnapshot)
            {
                entity.PostOwn(new Rest(forget: false));
            }
        }
    }

    private void WakeAfterStep()
    {
        lock (clockSteps)
        {
            if (!clockSteps.HasStepped())
            {
                return;
            }
        }

        foreach (var entity in entities.Values.Where(entity => entity.IsLoaded && entity.Duty is not null))
        {
            entity.PostOwn(new Wake(clockWasSet: true));
        }
    }
}

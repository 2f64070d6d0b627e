using Akka.Actor;
using EOrda.Actors.Live;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Time;

namespace EOrda.Actors.Queues;

/// <content>
/// Live updates: the nodes that watch the queue hear what changed, at most one update an interval, each when it is stored.
/// </content>
internal sealed partial class QueueActor
{
    private const int MostNodes = 100;

    // More are longer than a snapshot is for most queues: the update is a call to reload.
    private const int MostChanges = 1_000;
    private const int RenewalsMissed = 5;

    private QueueNews? news;
    private WatchingNodes? watching;
    private long lastUpdateAt;
    private bool hasUpdated;
    private bool isGathering;

    /// <summary>True while a node watches the queue.</summary>
    private bool IsWatched => Watching.Relays.Count > 0;

    /// <summary>The number of the update made last; 0 when this instance was never watched.</summary>
    private long LatestUpdate => News.Number;

    private QueueNews News => news ??= new QueueNews(key, MostChanges);

    private WatchingNodes Watching => watching ??= new WatchingNodes(MostNodes, Silence, Services.Time);

    private TimeSpan Silence => Services.Bounds.WatchRenewal * RenewalsMissed;

    private bool TryWatch(object message)
    {
        switch (message)
        {
            case WatchQueue watch:
                Keep(watch);
                return true;
            case UnwatchQueue end:
                End(end.Relay);
                return true;
            case Terminated gone:
                End(gone.ActorRef);
                return true;
            case LiveTick tick:
                Tick(tick);
                return true;
            default:
                return false;
        }
    }

    private void Keep(WatchQueue watch)
    {
        if (LastRecord == 0)
        {
            TellWhenStored(watch.Relay, new NothingToWatch(key));
        }
        else if (Watching.Renew(watch.Relay))
        {
            Renew(watch);
        }
        else
        {
            Begin(watch.Relay);
        }
    }

    private void Renew(WatchQueue watch)
    {
        var at = InstantNow();
        if (BringUp(at) is { } fault)
        {
            Refuse(watch.Relay, fault);
        }
        else
        {
            TellWhenStored(watch.Relay, watch.Heard == 0 ? new WatchBegun(LiveSnapshot.Of(Queue, at, LatestUpdate)) : new WatchKept(key, LatestUpdate));
            SetClock();
        }
    }

    private void Begin(IActorRef relay)
    {
        var at = InstantNow();
        if ((Watching.AreFull ? BusyFor("is watched by as many nodes as may") : RoomFault(at) ?? BringUp(at)) is { } fault)
        {
            Refuse(relay, fault);
            return;
        }

        if (!IsWatched)
        {
            BeginIncarnation(at);
            News.Follow(Queue, at);
        }

        Watching.Add(relay);
        Context.Watch(relay);
        TellWhenStored(relay, new WatchBegun(LiveSnapshot.Of(Queue, at, LatestUpdate)));
        SetClock();
    }

    // The numbers of this instance begin with the number of a record of its own. What they number leaves when that is stored.
    private void BeginIncarnation(Moment at)
    {
        if (News.NeedsIncarnation)
        {
            Record(at, ReadOnlySpan<DatedEvent>.Empty, Format);
            News.BeginIncarnation(LastRecord);
        }
    }

    private void Refuse(IActorRef relay, RequestFailure failure) => TellWhenStored(relay, new WatchRefused(key, failure));

    private void End(IActorRef relay)
    {
        if (!Watching.Remove(relay))
        {
            return;
        }

        Context.Unwatch(relay);
        if (!IsWatched)
        {
            QueueNews.Leave(Queue);
            Timers.Cancel(LiveTick.Clock);
            Timers.Cancel(LiveTick.GatheringEnds);
            isGathering = false;
        }
    }

    private void Tick(LiveTick tick)
    {
        isGathering &= tick != LiveTick.GatheringEnds;
        foreach (var silent in Watching.Silent())
        {
            End(silent);
        }

        if (!IsWatched)
        {
            return;
        }

        if (BringUp(InstantNow()) is null)
        {
            SetClock();
        }
        else
        {
            Timers.StartSingleTimer(LiveTick.Clock, LiveTick.Clock, Services.Bounds.RetryAfter);
        }
    }

    // After each message: what it changed is told at once, or with what else changes until the interval is over.
    private void TellNews()
    {
        // Everything is settled up to here.
        var at = Queue.Now;
        if (isGathering || !IsWatched || !News.MayHaveNews(Queue, at))
        {
            return;
        }

        var now = Services.Time.GetTimestamp();
        var remaining = hasUpdated ? Services.Bounds.LiveInterval - Services.Time.GetElapsedTime(lastUpdateAt, now) : TimeSpan.Zero;
        if (remaining > TimeSpan.Zero)
        {
            isGathering = true;
            Timers.StartSingleTimer(LiveTick.GatheringEnds, LiveTick.GatheringEnds, remaining);
            return;
        }

        BeginIncarnation(Moment.Max(at, Memory.At));
        if (News.Next(Queue, at) is { } update)
        {
            (lastUpdateAt, hasUpdated) = (now, true);
            Services.Metrics?.UpdateTold();
            foreach (var relay in Watching.Relays)
            {
                TellWhenStored(relay, new NewsOfQueue(update));
            }
        }

        SetClock();
    }

    // Renewals set it again, so that it follows a clock that was set.
    private void SetClock()
    {
        var delay = News.WindowHoldsUntil.UnixMilliseconds - Moment.From(Services.Time.GetUtcNow()).UnixMilliseconds;
        Timers.StartSingleTimer(LiveTick.Clock, LiveTick.Clock, TimeSpan.FromMilliseconds(Math.Clamp(delay, 1, (long)Silence.TotalMilliseconds)));
    }

    private sealed class LiveTick : INoSerializationVerificationNeeded
    {
        /// <summary>The time in which changes are gathered is over.</summary>
        public static readonly LiveTick GatheringEnds = new();

        /// <summary>The window may have changed by the clock alone, or a node may have been silent for too long.</summary>
        public static readonly LiveTick Clock = new();
    }
}

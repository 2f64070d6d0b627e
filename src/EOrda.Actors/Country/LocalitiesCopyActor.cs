using Akka.Actor;
using EOrda.Actors.Entities;
using EOrda.Actors.Routing;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Recording;
using EOrda.Queues.Time;

namespace EOrda.Actors.Country;

/// <summary>
/// Keeps a node's copy of the localities up to date: asks them for what changed and a horizon, every 20 seconds and whenever somebody wants to know. One
/// look at a time; a look that nobody answers is given up after 3 seconds. It also notices that the node's clock was set, and that time has passed the horizon.
/// </summary>
internal sealed class LocalitiesCopyActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // However many want to know: so often a look begins, which the localities record.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly LocalitiesCopy copy;
    private readonly Regions regions;
    private readonly EntityAddress localities;
    private readonly TimeProvider time;
    private readonly ClockSteps clock;
    private readonly Localities known = new();
    private readonly Dictionary<IActorRef, QueueKey> followers = [];
    private List<IActorRef> waiting = [];
    private Look? underWay;
    private long lastNumber;
    private long? begunAt;
    private long? doneAt;
    private bool isWanted;
    private bool wasClockSet;

    public LocalitiesCopyActor(LocalitiesCopy copy, Regions regions, EntityAddress localities, TimeProvider time)
    {
        this.copy = copy;
        this.regions = regions;
        this.localities = localities;
        this.time = time;
        clock = new ClockSteps(time);
    }

    private enum Tick
    {
        Second,
        PauseIsOver,
    }

    private bool HasHorizonNow => copy.HasHorizon(Moment.From(time.GetUtcNow()));

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(Tick.Second, Tick.Second, ClockSteps.Every);
        Begin();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RefreshNow:
                if (!Sender.IsNobody())
                {
                    waiting.Add(Sender);
                }

                BeginWanted();
                break;
            case Replies replies:
                foreach (var reply in replies.All)
                {
                    Take(reply);
                }

                break;
            case Tick.PauseIsOver:
                BeginWanted();
                break;
            case Tick:
                EachSecond();
                break;
            case LookAtClock:
                ReadClock();
                break;
            case FollowRules follow:
                followers[Sender] = follow.Queue;
                break;
            case UnfollowRules:
                followers.Remove(Sender);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        End(succeeded: false);
        underWay = new Look(0, waiting, copy.TakeWaiting());
        End(succeeded: false);
    }

    private void EachSecond()
    {
        ReadClock();
        if (underWay is not null && time.GetElapsedTime(begunAt!.Value) >= Patience)
        {
            End(succeeded: false);
        }

        if (underWay is null && (isWanted || doneAt is not { } done || time.GetElapsedTime(done) >= Horizon.RenewEvery))
        {
            Begin();
        }
    }

    private void ReadClock()
    {
        wasClockSet |= clock.HasStepped();
        if (HasHorizonNow)
        {
            TellWhenClockWasSet();
        }
        else
        {
            BeginWanted();
        }
    }

    // Who follows settles what came due, which needs a horizon beyond the new instant.
    private void TellWhenClockWasSet()
    {
        if (wasClockSet && HasHorizonNow)
        {
            wasClockSet = false;
            TellFollowers(ClockWasSet.Message, _ => true);
        }
    }

    private void BeginWanted()
    {
        isWanted = true;
        if (underWay is not null)
        {
            return;
        }

        var since = begunAt is { } begun ? time.GetElapsedTime(begun) : Pause;
        if (since < Pause)
        {
            Timers.StartSingleTimer(Tick.PauseIsOver, Tick.PauseIsOver, Pause - since);
        }
        else
        {
            Begin();
        }
    }

    private void Begin()
    {
        isWanted = false;
        begunAt = time.GetTimestamp();
        underWay = new Look(++lastNumber, waiting, copy.TakeWaiting());
        waiting = [];
        Ask();
    }

    private void Ask() => regions.Tell(new AskHorizon(localities, known.Version, new Request(Self, underWay!.Number)));

    private void Take(Reply reply)
    {
        if (reply.Content is LocalitiesChanged changed)
        {
            if (changed.Version > known.Version)
            {
                BeginWanted();
            }
        }
        else if (reply.Number == underWay?.Number)
        {
            Take(reply.Content);
        }
    }

    private void Take(object content)
    {
        if (content is not HorizonTold told || told.Since != known.Version)
        {
            End(succeeded: false);
            return;
        }

        var from = new ByteReader(told.Changes.Span);
        LocalitiesSnapshot.ReadChanges(ref from, known);
        if (!told.IsWhole)
        {
            // Under a number of its own, so that the same reply again is not taken for the next one.
            underWay = underWay! with { Number = ++lastNumber };
            Ask();
            return;
        }

        var amended = new HashSet<string>(StringComparer.Ordinal);
        copy.Publish(copy.Latest.After(known, told.Until, amended));
        doneAt = time.GetTimestamp();
        End(succeeded: true);
        TellFollowers(RulesChanged.Message, queue => amended.Contains(queue.Locality));
        TellWhenClockWasSet();
        if (isWanted)
        {
            BeginWanted();
        }
    }

    private void End(bool succeeded)
    {
        if (underWay is not { } look)
        {
            return;
        }

        underWay = null;
        foreach (var actor in look.Actors)
        {
            actor.Tell(new Refreshed(succeeded), Self);
        }

        if (succeeded)
        {
            look.Tasks?.TrySetResult();
        }
        else
        {
            look.Tasks?.TrySetException(new BusyException("The localities do not answer at present.", TimeSpan.FromSeconds(1)));
        }
    }

    // In the order of their names, so that the same happens in each run of a simulation.
    private void TellFollowers(object message, Func<QueueKey, bool> which)
    {
        foreach (var (follower, _) in followers.Where(one => which(one.Value)).OrderBy(one => one.Value.ToString(), StringComparer.Ordinal))
        {
            follower.Tell(message, Self);
        }
    }

    private sealed record Look(long Number, List<IActorRef> Actors, TaskCompletionSource? Tasks);
}

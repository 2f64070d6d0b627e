using System.Runtime.InteropServices;
using Akka.Actor;
using Akka.Cluster.Sharding;
using EOrda.Actors.Country;
using EOrda.Actors.Persistence;
using EOrda.Actors.Routing;
using EOrda.Queues.Places;
using EOrda.Queues.Time;

namespace EOrda.Actors.Queues;

/// <content>
/// A queue settles what is due at its instant, and rests when nobody has needed it for a while. The localities wake it for what is due next.
/// </content>
internal sealed partial class QueueActor
{
    // Nobody's first press of the morning is to wait for a recovery.
    private static readonly TimeSpan AwakeBeforeRelease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AwakeAfterRelease = TimeSpan.FromMinutes(30);

    // Not worth resting before it.
    private static readonly TimeSpan DueSoon = TimeSpan.FromMinutes(1);

    // Timers do not go further; one set later fires early and is set again.
    private static readonly TimeSpan Furthest = TimeSpan.FromHours(12);

    private static readonly TimeSpan FirstWakeWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WakesWithin = TimeSpan.FromMinutes(1);

    private Moment timerSetTo = Moment.Never;
    private Moment notBefore = Moment.Beginning;
    private Moment rulesFrom = Moment.Never;
    private Moment recoveredAt;
    private long usedAt;
    private long restRequest;

    private enum RestTick
    {
        SomethingIsDue,
        NoWakeCame,
        IsNotNoted,
    }

    /// <inheritdoc/>
    protected override void OnRecovered()
    {
        base.OnRecovered();
        recoveredAt = Moment.From(Services.Time.GetUtcNow());
        usedAt = Services.Time.GetTimestamp();
        isNoted = LastRecord > 0;
        if (isNoted)
        {
            SayAwake();
        }

        Timers.StartSingleTimer(RestTick.NoWakeCame, RestTick.NoWakeCame, FirstWakeWithin);
        rules.Keeper.Tell(new FollowRules(key), Self);
        rulesFrom = NextRulesFrom();
        SetDueTimer();
    }

    /// <inheritdoc/>
    protected override bool MayTakeSnapshot() => Queue.RulesAdopted > 0 && !IsNearRelease(InstantNow());

    /// <inheritdoc/>
    protected override void PostStop()
    {
        rules.Keeper.Tell(UnfollowRules.Message, Self);
        RefuseHeld(Services.NotRecorded(PersistenceId));
        base.PostStop();
    }

    // What is no use of the queue: what it tells itself and hears from its node and the localities.
    private bool TryRest(object message)
    {
        switch (message)
        {
            case WakeQueue wake:
                Wake(wake.Number);
                break;
            case RestTick.SomethingIsDue:
                timerSetTo = Moment.Never;
                SettleNow();
                rulesFrom = NextRulesFrom();
                break;
            case RestTick.NoWakeCame:
                NoWakeCame();
                break;
            case ClockWasSet:
                timerSetTo = Moment.Never;
                SettleNow();
                break;
            case RulesChanged:
                rulesFrom = NextRulesFrom();
                break;
            case Replies replies:
                foreach (var reply in replies.All)
                {
                    Take(reply);
                }

                break;
            case RestTick.IsNotNoted:
                SendNote();
                break;
            case Refreshed refreshed:
                Looked(refreshed.Succeeded);
                break;
            default:
                return false;
        }

        return true;
    }

    private void Used()
    {
        usedAt = Services.Time.GetTimestamp();
        if (restRequest != 0)
        {
            restRequest = 0;
            SayAwake();
        }
    }

    private void Take(Reply reply)
    {
        if (reply.Content is QueueIsNoted noted)
        {
            Noted(noted.IsKnown);
        }
        else if (reply.Content is RestNoted && reply.Number == restRequest)
        {
            Context.Parent.Tell(new Passivate(StopWhenStored.Message), Self);
        }
    }

    private void Wake(long number)
    {
        isNoted = true;
        Timers.StartSingleTimer(RestTick.NoWakeCame, RestTick.NoWakeCame, WakesWithin);
        rules.Keeper.Tell(new FollowRules(key), Self);
        timerSetTo = Moment.Never;
        SettleNow();
        if (MayRest())
        {
            Rest(number);
        }
    }

    private void NoWakeCame()
    {
        Timers.StartSingleTimer(RestTick.NoWakeCame, RestTick.NoWakeCame, LastRecord > 0 ? FirstWakeWithin : WakesWithin);
        if (LastRecord > 0)
        {
            SayAwake();
        }
        else if (Held == 0 && Services.Time.GetElapsedTime(usedAt) > WakesWithin)
        {
            // Somebody asked a queue that is not there; nobody wakes it.
            Context.Parent.Tell(new Passivate(StopWhenStored.Message), Self);
        }
    }

    private void SayAwake() => around.Regions.Tell(new QueueAwake(around.Addresses.Localities, key));

    private bool MayRest() =>
        !IsWatched
        && IsStored
        && Held == 0
        && Services.Time.GetElapsedTime(usedAt) >= Services.Bounds.IdleBeforePassivation
        && Queue.NextDue > InstantNow().Plus(DueSoon)
        && !IsNearRelease(InstantNow())
        && !HasUnfinished
        && !HasRunning;

    private void Rest(long wake)
    {
        if (RecordsSinceSnapshot >= Services.Bounds.RecordsBeforeRest)
        {
            // It rests after the next wake.
            TakeSnapshot();
            return;
        }

        restRequest = wake;
        var hasPlaces = Queue.PlacesAt(InstantNow()).Any(place => place.State is not (PlaceState.Enrolled or PlaceState.Revoked));
        around.Regions.Tell(new QueueResting(around.Addresses.Localities, key, wake, Queue.NextDue, hasPlaces, new Request(Self, wake)));
    }

    private bool IsNearRelease(Moment at)
    {
        if (Queue.RulesAdopted == 0)
        {
            return false;
        }

        var schedule = Queue.Rules.Schedule;
        return schedule.NextRelease(at) <= at.Plus(AwakeBeforeRelease) || schedule.NextRelease(at.Plus(-AwakeAfterRelease)) <= at;
    }

    private void SettleNow()
    {
        var at = InstantNow();
        if (LastRecord > 0 && (RoomFault(at) ?? BringUp(at)) is not null)
        {
            notBefore = Moment.From(Services.Time.GetUtcNow()).Plus(Services.Bounds.RetryAfter);
            rules.Keeper.Tell(RefreshNow.Message, Self);
        }
    }

    // One record for each instant: a record has one.
    private void RecordSettled(Moment now)
    {
        if (!isNoted)
        {
            unrecorded.AddRange(happened);
            return;
        }

        if (unrecorded.Count > 0)
        {
            happened.InsertRange(0, unrecorded);
            unrecorded.Clear();
        }

        for (int start = 0, end; start < happened.Count; start = end)
        {
            var instant = happened[start].At;
            for (end = start + 1; end < happened.Count && happened[end].At == instant; end++)
            {
            }

            // What came due while the queue was at rest is not late: nobody looked.
            if (instant >= recoveredAt)
            {
                around.Dues.Settled(instant, now);
            }

            Record(instant, CollectionsMarshal.AsSpan(happened)[start..end], Format);
        }
    }

    // From when the rules are others than they are now.
    private Moment NextRulesFrom()
    {
        var at = InstantNow();
        return rules.RulesOf(key.Locality, at)?.FirstOrDefault(next => next.From > at)?.From ?? Moment.Never;
    }

    // After each message. A queue adopts amended rules when it is touched next; those who watch see at once what they mean for the window.
    private void SetDueTimer()
    {
        var next = Moment.Max(IsWatched ? Moment.Min(Queue.NextDue, rulesFrom) : Queue.NextDue, notBefore);
        if (next >= timerSetTo)
        {
            return;
        }

        timerSetTo = next;
        var delay = next.UnixMilliseconds - Moment.From(Services.Time.GetUtcNow()).UnixMilliseconds;
        Timers.StartSingleTimer(RestTick.SomethingIsDue, RestTick.SomethingIsDue, TimeSpan.FromMilliseconds(Math.Clamp(delay, 1, (long)Furthest.TotalMilliseconds)));
    }
}

using System.Reflection;
using Akka.Actor;
using EOrda.Actors.Entities;
using EOrda.Actors.Live;
using EOrda.Actors.Persistence;
using EOrda.Actors.Queries;
using EOrda.Actors.Queues;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Rules;
using EOrda.Simulation.Checks;
using EOrda.Simulation.Virtual;

namespace EOrda.Simulation.Cluster.Mutants;

/// <summary>A process does not know the keys that the one before was asked with.</summary>
internal sealed class ForgetsKeysOfOtherProcesses : ClusterMutant
{
    public override CommandKey KeyFor(CommandKey key, int process, int attempt) => Keys.Changed(key, process);
}

/// <summary>A request that is sent again gets a key of its own.</summary>
internal sealed class NewKeyForEachAttempt : ClusterMutant
{
    public override CommandKey KeyFor(CommandKey key, int process, int attempt) => Keys.Changed(key, attempt);
}

/// <summary>The clock is read a millisecond behind.</summary>
internal sealed class ClockBehind : ClusterMutant
{
    public override TimeProvider Time(VirtualTime time) => new Behind(time);

    private sealed class Behind(VirtualTime time) : TimeProvider
    {
        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow().AddMilliseconds(-1);

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
    }
}

/// <summary>A query is answered from what the queue has decided, whether it is stored or not.</summary>
internal sealed class QueriesAheadOfPage : ClusterMutant
{
    private static readonly PropertyInfo MemoryOf = typeof(PersistedEntity).GetProperty("Memory", BindingFlags.Instance | BindingFlags.NonPublic)!;

    public override bool Takes(IActorRef entity, object message)
    {
        if (message is not QueryQueue query || ActorOf(entity) is not QueueActor { IsRecoveryFinished: true } actor)
        {
            return false;
        }

        var queue = ((QueueState)((EntityMemory)MemoryOf.GetValue(actor)!).State).Queue;
        if (queue.RulesAdopted == 0)
        {
            return false;
        }

        query.Request.ReplyTo.Tell(new Replies([new Reply(query.Request.Number, query.Query.ReplyFrom(new QueriedQueue(queue, queue.Now, 0)))]), ActorRefs.NoSender);
        return true;
    }

    private static object? ActorOf(IActorRef entity)
    {
        var cell = typeof(ActorRefWithCell).GetProperty("Underlying")!.GetValue(entity);
        return cell!.GetType().GetProperty("Actor", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(cell);
    }
}

/// <summary>Now and then an update is not told, and the numbers hide it.</summary>
internal sealed class LosesLiveUpdates : ClusterMutant
{
    public override ILiveListener Wrap(ILiveListener listener) => new Lossy(listener);

    private sealed class Lossy(ILiveListener listener) : ILiveListener
    {
        private const int OneIn = 10;
        private long lost;

        public void Publish(LiveUpdate update)
        {
            if (update.Number % OneIn == 0 && !update.Reload)
            {
                lost++;
                return;
            }

            listener.Publish(update with { Number = update.Number - lost });
        }
    }
}

/// <summary>Updates tell the places that changed as they were an update before.</summary>
internal sealed class TellsOldPlaces : ClusterMutant
{
    public override ILiveListener Wrap(ILiveListener listener) => new Late(listener);

    private sealed class Late(ILiveListener listener) : ILiveListener
    {
        private IReadOnlyList<NumberedPlace> before = [];

        public void Publish(LiveUpdate update)
        {
            listener.Publish(update with { Places = before });
            before = update.Places;
        }
    }
}

/// <summary>A rule of the cities that the nodes have wrong.</summary>
internal sealed class WrongRule(Action<RulesDraft> wrong) : ClusterMutant
{
    public override RulesDraft Told(RulesDraft rules)
    {
        var told = new RulesDraft
        {
            TimeZone = rules.TimeZone,
            Ratio = rules.Ratio,
            Lead = rules.Lead,
            Carry = rules.Carry,
            ReservationMinutes = rules.ReservationMinutes,
            PriorityWorkingDays = rules.PriorityWorkingDays,
            WindowFactor = rules.WindowFactor,
            ReferralWorkingDays = rules.ReferralWorkingDays,
            CancelHours = rules.CancelHours,
            ReturnMinutes = rules.ReturnMinutes,
            StopListWorkingDays = rules.StopListWorkingDays,
            MissesAllowed = rules.MissesAllowed,
            ReferralsPerMonth = rules.ReferralsPerMonth,
            LapsesPerDay = rules.LapsesPerDay,
            ValidMonths = rules.ValidMonths,
        };
        wrong(told);
        return told;
    }
}

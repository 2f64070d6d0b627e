using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using EOrda.Actors.Routing;
using Microsoft.Extensions.Logging;

namespace EOrda.Actors.Membership;

/// <summary>Tells an operator in plain words which nodes come, go and are put out, and how many shards are here.</summary>
internal sealed partial class MembershipActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(5);

    private readonly Cluster cluster = Cluster.Get(Context.System);
    private readonly Dictionary<IActorRef, string> regions;
    private readonly Dictionary<string, int> shards = [];
    private readonly ClusterMetrics metrics;
    private readonly ILogger log;

    public MembershipActor(Regions regions, ClusterMetrics metrics, ILogger log)
    {
        this.regions = new Dictionary<IActorRef, string> { [regions.Queues] = "queues", [regions.Registers] = "registers", [regions.Localities] = "localities" };
        this.metrics = metrics;
        this.log = log;
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));
        Timers.StartPeriodicTimer(Count.Now, Count.Now, CountEvery);
    }

    /// <inheritdoc/>
    protected override void PostStop() => cluster.Unsubscribe(Self);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.MemberUp up:
                LogUp(up.Member.Address);
                break;
            case ClusterEvent.MemberLeft left:
                LogLeaving(left.Member.Address);
                break;
            case ClusterEvent.MemberDowned downed:
                LogDowned(downed.Member.Address);
                break;
            case ClusterEvent.MemberRemoved removed:
                LogGone(removed.Member.Address);
                break;
            case ClusterEvent.UnreachableMember silent:
                LogSilent(silent.Member.Address);
                break;
            case ClusterEvent.ReachableMember heard:
                LogHeard(heard.Member.Address);
                break;
            case Count:
                CountAll();
                break;
            case CurrentShardRegionState state when regions.TryGetValue(Sender, out var entities):
                Take(entities, state.Shards.Count);
                break;
        }
    }

    private void CountAll()
    {
        var state = cluster.State;
        metrics.Members(state.Members.Count, state.Unreachable.Count);
        foreach (var region in regions.Keys)
        {
            region.Tell(GetShardRegionState.Instance, Self);
        }
    }

    private void Take(string entities, int here)
    {
        metrics.ShardsHere(entities, here);
        if (shards.GetValueOrDefault(entities) is var before && before != here)
        {
            shards[entities] = here;
            LogShards(here, entities, before);
        }
    }

    [LoggerMessage(80, LogLevel.Information, "The node {Node} is in the cluster")]
    private partial void LogUp(Address node);

    [LoggerMessage(81, LogLevel.Information, "The node {Node} hands its shards over and leaves")]
    private partial void LogLeaving(Address node);

    [LoggerMessage(82, LogLevel.Error, "The node {Node} was put out of the cluster: the others did not hear it")]
    private partial void LogDowned(Address node);

    [LoggerMessage(83, LogLevel.Information, "The node {Node} is gone from the cluster")]
    private partial void LogGone(Address node);

    [LoggerMessage(84, LogLevel.Warning, "The node {Node} is not heard any more")]
    private partial void LogSilent(Address node);

    [LoggerMessage(85, LogLevel.Information, "The node {Node} is heard again")]
    private partial void LogHeard(Address node);

    [LoggerMessage(89, LogLevel.Information, "This node has {Here} shards of {Entities}; a moment ago {Before}")]
    private partial void LogShards(int here, string entities, int before);

    private sealed class Count : INoSerializationVerificationNeeded
    {
        public static readonly Count Now = new();
    }
}

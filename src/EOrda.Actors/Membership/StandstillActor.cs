using Akka.Actor;
using Akka.Cluster;
using EOrda.Actors.Country;
using Microsoft.Extensions.Logging;

namespace EOrda.Actors.Membership;

/// <summary>
/// Ends a node that stood still for so long that the others may have put it out: a process that was stopped, a machine without memory or processor. What it has in
/// memory may be of the past, and its entities live on elsewhere.
/// </summary>
internal sealed partial class StandstillActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    // The others wait for two seconds without a heartbeat and three in which nothing changes.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly Cluster cluster = Cluster.Get(Context.System);
    private readonly LocalitiesCopy copy;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private long last;

    public StandstillActor(LocalitiesCopy copy, TimeProvider time, ILogger log)
    {
        this.copy = copy;
        this.time = time;
        this.log = log;
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        last = time.GetTimestamp();
        Timers.StartPeriodicTimer(Look.Now, Look.Now, LookEvery);
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        var stood = time.GetElapsedTime(last);
        last = time.GetTimestamp();
        if (stood > Longest && cluster.State.Members.Count > 1)
        {
            copy.IsSuspended = true;
            Timers.CancelAll();
            LogStood(stood.TotalSeconds);
            cluster.Down(cluster.SelfAddress);
        }
    }

    [LoggerMessage(90, LogLevel.Critical, "This node stood still for {Seconds:F1} s, in which the others may have put it out: it decides nothing more and leaves the cluster")]
    private partial void LogStood(double seconds);

    private sealed class Look : INoSerializationVerificationNeeded
    {
        public static readonly Look Now = new();
    }
}

using Akka.Actor;
using Akka.Cluster;
using EOrda.Actors.Country;
using EOrda.Queues.Time;
using Microsoft.Extensions.Logging;

namespace EOrda.Actors.Membership;

/// <summary>
/// Compares the node's clock with those of the other nodes, and takes the node out of the cluster when it is the one that is wrong. Until it has compared them once
/// the node decides nothing.
/// </summary>
internal sealed partial class ClockActor : UntypedActor, IWithTimers
{
    /// <summary>The actor's name, by which the other nodes find it.</summary>
    public const string Name = "clocks";

    private static readonly TimeSpan CompareEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BeginEvery = TimeSpan.FromMilliseconds(200);

    // A node that hears nothing of the others for so long goes on without: the failure detector sees to who is there.
    private static readonly TimeSpan LongestBegin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ReadingLasts = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(2);

    private readonly Cluster cluster = Cluster.Get(Context.System);
    private readonly Dictionary<Address, (ClockReading Reading, long At)> readings = [];
    private readonly Dictionary<long, (Address Node, long At)> asked = [];
    private readonly LocalitiesCopy copy;
    private readonly ClusterMetrics metrics;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private long lastNumber;
    private long? upSince;
    private bool hasCompared;
    private bool isAlarm;
    private int timesOff;

    public ClockActor(LocalitiesCopy copy, ClusterMetrics metrics, TimeProvider time, ILogger log)
    {
        this.copy = copy;
        this.metrics = metrics;
        this.time = time;
        this.log = log;
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        copy.IsSuspended = true;
        Timers.StartPeriodicTimer(Tick.Now, Tick.Now, BeginEvery);
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AskClock ask:
                ask.ReplyTo.Tell(new ClockTold(ask.Number, Now()), Self);
                break;
            case ClockTold told:
                Take(told);
                break;
            case Tick:
                Compare();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private Moment Now() => Moment.From(time.GetUtcNow());

    private void Take(ClockTold told)
    {
        if (!asked.Remove(told.Number, out var question))
        {
            return;
        }

        var took = time.GetElapsedTime(question.At);
        if (took < LongestAnswer)
        {
            var ahead = TimeSpan.FromMilliseconds(told.At.UnixMilliseconds - Now().UnixMilliseconds) + took / 2;
            readings[question.Node] = (new ClockReading(ahead, took / 2), time.GetTimestamp());
            metrics.ClockRead(question.Node.ToString(), ahead);
        }
    }

    private void Compare()
    {
        if (cluster.SelfMember.Status != MemberStatus.Up)
        {
            return;
        }

        upSince ??= time.GetTimestamp();
        var others = Others();
        Forget(others);
        var hasAll = others.All(readings.ContainsKey);
        if (!hasCompared && !hasAll && time.GetElapsedTime(upSince.Value) < LongestBegin)
        {
            Ask(others);
            return;
        }

        if (!hasCompared)
        {
            hasCompared = true;
            Timers.StartPeriodicTimer(Tick.Now, Tick.Now, CompareEvery);
        }

        Judge(ClockComparison.Of([.. readings.Values.Select(one => one.Reading)], IsOldest()));
        Ask(others);
    }

    private void Judge(ClockComparison compared)
    {
        copy.IsSuspended = compared.IsOff;
        if (compared.IsAlarm != isAlarm)
        {
            isAlarm = compared.IsAlarm;
            if (isAlarm)
            {
                LogApart(compared.Apart.TotalSeconds);
            }
            else
            {
                LogTogether();
            }
        }

        // One comparison may have met a pause of the machine.
        timesOff = compared.IsOff ? timesOff + 1 : 0;
        if (timesOff == 2)
        {
            LogOff(compared.Off.TotalSeconds);
            cluster.Leave(cluster.SelfAddress);
        }
    }

    private void Ask(IReadOnlyList<Address> others)
    {
        foreach (var other in others)
        {
            asked[++lastNumber] = (other, time.GetTimestamp());
            Context.ActorSelection(new RootActorPath(other) / "user" / Name).Tell(new AskClock(Self, lastNumber), Self);
        }
    }

    private void Forget(IReadOnlyList<Address> others)
    {
        foreach (var (number, question) in asked)
        {
            if (time.GetElapsedTime(question.At) > LongestAnswer)
            {
                asked.Remove(number);
            }
        }

        foreach (var (node, reading) in readings)
        {
            if (!others.Contains(node) || time.GetElapsedTime(reading.At) > ReadingLasts)
            {
                readings.Remove(node);
                metrics.ClockForgotten(node.ToString());
            }
        }
    }

    private List<Address> Others()
    {
        var state = cluster.State;
        return
        [
            .. state.Members
                .Where(member => member.Status == MemberStatus.Up && member.Address != cluster.SelfAddress && !state.Unreachable.Contains(member))
                .Select(member => member.Address),
        ];
    }

    private bool IsOldest() => cluster.State.Members.All(member => !member.IsOlderThan(cluster.SelfMember));

    [LoggerMessage(86, LogLevel.Warning, "The nodes' clocks are {Seconds:F3} s apart: check NTP on all of them")]
    private partial void LogApart(double seconds);

    [LoggerMessage(87, LogLevel.Information, "The nodes' clocks agree again")]
    private partial void LogTogether();

    [LoggerMessage(88, LogLevel.Critical, "This node's clock is {Seconds:F3} s ahead of the others' (behind where less than zero): it decides nothing and leaves the cluster. Mend the clock before it is started again")]
    private partial void LogOff(double seconds);

    private sealed class Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Now = new();
    }
}

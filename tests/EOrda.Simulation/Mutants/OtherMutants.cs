using EOrda.Actors;
using EOrda.Actors.Live;
using EOrda.Queues;
using EOrda.Queues.Rules;
using EOrda.Simulation.Checks;
using EOrda.Simulation.Virtual;
using EOrda.Simulation.Worlds;

namespace EOrda.Simulation.Mutants;

/// <summary>A process does not know the keys that the one before it was asked with.</summary>
internal sealed class ForgetsKeysOfOtherProcesses : Mutant
{
    public override CommandKey KeyFor(CommandKey key, int process, int attempt) => Keys.Changed(key, process);
}

/// <summary>A request that is sent again gets a key of its own.</summary>
internal sealed class NewKeyForEachAttempt : Mutant
{
    public override CommandKey KeyFor(CommandKey key, int process, int attempt) => Keys.Changed(key, attempt);
}

/// <summary>When the clock is set back, what was to be woken is not.</summary>
internal sealed class SleepsAfterStepBack : Mutant
{
    public override void ClockStepped(World world, TimeSpan by)
    {
        if (by < TimeSpan.Zero)
        {
            world.Process.Time.ForgetSingleTimers();
        }
    }
}

/// <summary>The clock is read a millisecond behind.</summary>
internal sealed class ClockBehind : Mutant
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

/// <summary>Now and then two updates are told as one, and what was in the first is lost.</summary>
internal sealed class LosesLiveUpdates : Mutant
{
    public override ILiveListener Wrap(ILiveListener listener) => new Lossy(listener);

    private sealed class Lossy(ILiveListener listener) : ILiveListener
    {
        private const int OneIn = 10;
        private long lost;

        public void Publish(LiveUpdate update)
        {
            if (update.Number % OneIn == 0)
            {
                lost++;
                return;
            }

            listener.Publish(update with { Number = update.Number - lost });
        }
    }
}

/// <summary>Updates tell the places that changed as they were an update before.</summary>
internal sealed class TellsOldPlaces : Mutant
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

/// <summary>A piece of the node's work gets lost now and then.</summary>
internal sealed class LosesWork : Mutant
{
    private const int OneIn = 5_000;
    private int seen;

    public override bool Loses(IThreadPoolWorkItem work) => ++seen % OneIn == 0;
}

/// <summary>A rule of the cities that the node has wrong.</summary>
internal sealed class WrongRule(Action<RulesDraft> wrong) : Mutant
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

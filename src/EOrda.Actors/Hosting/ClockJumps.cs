using EOrda.Actors.Entities;

namespace EOrda.Actors.Hosting;

/// <summary>
/// Has something done at each second of a clock, and so at once when the clock jumps, where the clock has timers of its own that it then lets go off. The machine's
/// own clock does not: who follows that looks by a timer of the machine too.
/// </summary>
internal sealed class ClockJumps : IDisposable
{
    private readonly ITimer timer;

    /// <summary>Begins to look.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="look">What is done.</param>
    public ClockJumps(TimeProvider clock, Action look)
    {
        // One second after another: a jump of days is one look.
        timer = clock.CreateTimer(_ => LookAndGoOn(look), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        GoOn();
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private void LookAndGoOn(Action look)
    {
        look();
        GoOn();
    }

    private void GoOn() => timer.Change(ClockSteps.Every, Timeout.InfiniteTimeSpan);
}

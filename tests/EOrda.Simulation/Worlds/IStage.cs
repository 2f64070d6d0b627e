using EOrda.Queues.Time;

namespace EOrda.Simulation.Worlds;

/// <summary>What those who act in a simulated world need of it.</summary>
internal interface IStage
{
    /// <summary>The seed of everything.</summary>
    int Seed { get; }

    /// <summary>What the clock shows.</summary>
    Moment Clock { get; }

    /// <summary>Notes an event.</summary>
    void Note(string happened);

    /// <summary>Has something happen after a while.</summary>
    void After(TimeSpan span, Action action);

    /// <summary>Has something happen when the clock, as it goes now, shows an instant.</summary>
    void When(Moment at, Action action);
}

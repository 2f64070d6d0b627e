using NodaTime;

namespace EOrda.Queues.Time;

/// <summary>One calendar day of a locality with its fixed instants (rules, section 5; 000: 15-13 … 15-19).</summary>
/// <param name="Date">The local date.</param>
/// <param name="Begins">Local midnight: the first instant of the date.</param>
/// <param name="Ends">The first instant of the next date.</param>
/// <param name="FreezeFrom">When nothing can be reserved or referred any more, until <paramref name="Release"/>.</param>
/// <param name="Release">When locked and returning places become available.</param>
/// <param name="Handover">When reported places are locked and published.</param>
/// <param name="NextFreezeFrom">When the freeze of the next date begins.</param>
public sealed record LocalDay(LocalDate Date, Moment Begins, Moment Ends, Moment FreezeFrom, Moment Release, Moment Handover, Moment NextFreezeFrom)
{
    /// <summary>True while the freeze lasts; its end is not in it.</summary>
    public bool IsFrozen(Moment at) => at >= FreezeFrom && at < Release;
}

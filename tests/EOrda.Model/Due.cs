using NodaTime;

namespace EOrda.Model;

/// <summary>rules.md 2: a change that takes effect at its instant without a command.</summary>
internal sealed record Due(Instant At, DueClass Class, int RegistrationNumber, Action TakeEffect);

/// <summary>rules.md 2: the order of two dues at one instant.</summary>
internal enum DueClass
{
    ReservationLapses,
    HalfEnds,
    ReferralExpires,
    StopListEndsOrReturns,
    Handover,
    BecomesAvailable,
    LeavesForAge,
}

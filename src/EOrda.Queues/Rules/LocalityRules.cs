using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues.Rules;

/// <summary>Which side the repeating pattern of the order starts with (rules, section 3; 001: 17).</summary>
public enum Lead : byte
{
    /// <summary>The first-priority application comes first.</summary>
    FirstPriority,

    /// <summary>The general applications come first.</summary>
    General,
}

/// <summary>
/// Every number of the rules, for one locality. Immutable and valid by construction: <see cref="RulesDraft.TryBuild"/> is the only door.
/// Defaults are those of docs/replay.md.
/// </summary>
public sealed record LocalityRules
{
    private readonly Lazy<LocalSchedule> schedule;

    internal LocalityRules() => schedule = new(MakeSchedule);

    // The copy made by 'with' must not share the schedule of rules that it differs from.
    private LocalityRules(LocalityRules other)
    {
        TimeZone = other.TimeZone;
        FirstPriorityShare = other.FirstPriorityShare;
        GeneralShare = other.GeneralShare;
        Lead = other.Lead;
        Carry = other.Carry;
        Handover = other.Handover;
        Release = other.Release;
        FreezeFrom = other.FreezeFrom;
        ReservationMinutes = other.ReservationMinutes;
        PriorityWorkingDays = other.PriorityWorkingDays;
        WindowFactorThousandths = other.WindowFactorThousandths;
        ReferralWorkingDays = other.ReferralWorkingDays;
        CancelHours = other.CancelHours;
        ReturnMinutes = other.ReturnMinutes;
        ExtensionMaxDays = other.ExtensionMaxDays;
        StopListWorkingDays = other.StopListWorkingDays;
        MissesAllowed = other.MissesAllowed;
        ReferralsPerMonth = other.ReferralsPerMonth;
        LapsesPerDay = other.LapsesPerDay;
        AgeLimit = other.AgeLimit;
        ValidMonths = other.ValidMonths;
        Holidays = other.Holidays;
        Workdays = other.Workdays;
        schedule = new(MakeSchedule);
    }

    /// <summary>IANA time zone; cannot be amended.</summary>
    public required string TimeZone { get; init; }

    /// <summary>First-priority applications in one turn of the pattern, 1 or more; cannot be amended (000: 10-12).</summary>
    public int FirstPriorityShare { get; init; } = 1;

    /// <summary>General applications in one turn of the pattern, 1 or more; cannot be amended (000: 10-12).</summary>
    public int GeneralShare { get; init; } = 3;

    /// <summary>Who starts the pattern; cannot be amended.</summary>
    public Lead Lead { get; init; }

    /// <summary>True when the pattern remembers between looks who was referred last; cannot be amended.</summary>
    public bool Carry { get; init; }

    /// <summary>Local time at which reported places are locked and published (000: 15-13).</summary>
    public LocalTime Handover { get; init; } = new(18, 0);

    /// <summary>Local time at which places become available (000: 15-15).</summary>
    public LocalTime Release { get; init; } = new(7, 0);

    /// <summary>Local time from which, until the release, nothing is reserved or referred.</summary>
    public LocalTime FreezeFrom { get; init; } = new(6, 30);

    /// <summary>How long a reservation lasts, in minutes (000: 15-18).</summary>
    public int ReservationMinutes { get; init; } = 10;

    /// <summary>How many working days priority access lasts; 0 skips it.</summary>
    public int PriorityWorkingDays { get; init; } = 3;

    /// <summary>The window's size for each place that counts, in thousandths.</summary>
    public int WindowFactorThousandths { get; init; } = 1000;

    /// <summary>How many working days a referral is valid (000: 15-8).</summary>
    public int ReferralWorkingDays { get; init; } = 5;

    /// <summary>Within how many hours of its issue a referral may be cancelled (000: 15-22).</summary>
    public int CancelHours { get; init; } = 24;

    /// <summary>After how many minutes a cancelled referral's application is back.</summary>
    public int ReturnMinutes { get; init; } = 10;

    /// <summary>By how many calendar days a referral may be extended at most.</summary>
    public int ExtensionMaxDays { get; init; } = 30;

    /// <summary>How many working days the stop-list lasts (000: 05-20).</summary>
    public int StopListWorkingDays { get; init; } = 10;

    /// <summary>How many referrals may expire unused before the application is removed.</summary>
    public int MissesAllowed { get; init; } = 1;

    /// <summary>How many referrals a child may be given in one queue in the trailing month, 1 or more.</summary>
    public int ReferralsPerMonth { get; init; } = 2;

    /// <summary>How many reservations of a child may lapse or be dropped in one queue on one local date, 1 or more.</summary>
    public int LapsesPerDay { get; init; } = 3;

    /// <summary>The age in full years that ends the right to a place; cannot be amended.</summary>
    public int AgeLimit { get; init; } = 6;

    /// <summary>How many months an application is valid from filing or prolongation.</summary>
    public int ValidMonths { get; init; } = 12;

    /// <summary>Weekdays not worked, ascending.</summary>
    public IReadOnlyList<LocalDate> Holidays { get; init; } = [];

    /// <summary>Saturdays and Sundays worked instead, ascending.</summary>
    public IReadOnlyList<LocalDate> Workdays { get; init; } = [];

    /// <summary>These rules' zone, calendar and daily times as instants.</summary>
    public LocalSchedule Schedule => schedule.Value;

    /// <summary>The phase of the pattern before anything was referred: general applications due before the first first-priority one.</summary>
    public int FirstPhase => Lead == Lead.General ? GeneralShare : 0;

    /// <summary>The size of the window for so many places that count, computed exactly and rounded up.</summary>
    public long WindowSize(int places) => ((long)places * WindowFactorThousandths + 999) / 1000;

    /// <summary>How many of these rules' numbers are equal; two rules are equal when all are.</summary>
    public bool Equals(LocalityRules? other) =>
        other is not null
        && TimeZone == other.TimeZone && FirstPriorityShare == other.FirstPriorityShare && GeneralShare == other.GeneralShare
        && Lead == other.Lead && Carry == other.Carry && Handover == other.Handover && Release == other.Release && FreezeFrom == other.FreezeFrom
        && ReservationMinutes == other.ReservationMinutes && PriorityWorkingDays == other.PriorityWorkingDays
        && WindowFactorThousandths == other.WindowFactorThousandths && ReferralWorkingDays == other.ReferralWorkingDays
        && CancelHours == other.CancelHours && ReturnMinutes == other.ReturnMinutes && ExtensionMaxDays == other.ExtensionMaxDays
        && StopListWorkingDays == other.StopListWorkingDays && MissesAllowed == other.MissesAllowed
        && ReferralsPerMonth == other.ReferralsPerMonth && LapsesPerDay == other.LapsesPerDay && AgeLimit == other.AgeLimit
        && ValidMonths == other.ValidMonths && Holidays.SequenceEqual(other.Holidays) && Workdays.SequenceEqual(other.Workdays);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(TimeZone, Handover, Release, FreezeFrom, ReservationMinutes, PriorityWorkingDays, Holidays.Count);

    private LocalSchedule MakeSchedule() =>
        new(DateTimeZoneProviders.Tzdb[TimeZone], new WorkingCalendar(Holidays, Workdays), FreezeFrom, Release, Handover);
}

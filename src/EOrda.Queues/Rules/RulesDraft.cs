using EOrda.Queues.Names;
using NodaTime;
using NodaTime.Text;

namespace EOrda.Queues.Rules;

/// <summary>
/// Rules as somebody wrote them, before they are looked at: every number optional, every value of the right type but perhaps absurd.
/// </summary>
public sealed class RulesDraft
{
    // Bounds beyond which a number cannot be meant, and dates or counts would overflow.
    private const int MostMinutes = 525_600;
    private const int MostDays = 3_660;
    private const int MostYears = 150;
    private const int MostMonths = 1_200;
    private const int MostCount = 1_000_000;
    private const int MostDates = 10_000;

    private static readonly LocalTimePattern TimeOfDay = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>IANA time zone.</summary>
    public string? TimeZone { get; set; }

    /// <summary>First-priority and general share.</summary>
    public IReadOnlyList<decimal>? Ratio { get; set; }

    /// <summary><c>first-priority</c> or <c>general</c>.</summary>
    public string? Lead { get; set; }

    /// <summary>Whether the pattern is carried over.</summary>
    public bool? Carry { get; set; }

    /// <summary><c>HH:mm</c>.</summary>
    public string? Handover { get; set; }

    /// <summary><c>HH:mm</c>.</summary>
    public string? Release { get; set; }

    /// <summary><c>HH:mm</c>.</summary>
    public string? FreezeFrom { get; set; }

    /// <summary>Minutes.</summary>
    public decimal? ReservationMinutes { get; set; }

    /// <summary>Working days.</summary>
    public decimal? PriorityWorkingDays { get; set; }

    /// <summary>At most three decimal places.</summary>
    public decimal? WindowFactor { get; set; }

    /// <summary>Working days.</summary>
    public decimal? ReferralWorkingDays { get; set; }

    /// <summary>Hours.</summary>
    public decimal? CancelHours { get; set; }

    /// <summary>Minutes.</summary>
    public decimal? ReturnMinutes { get; set; }

    /// <summary>Calendar days.</summary>
    public decimal? ExtensionMaxDays { get; set; }

    /// <summary>Working days.</summary>
    public decimal? StopListWorkingDays { get; set; }

    /// <summary>A count.</summary>
    public decimal? MissesAllowed { get; set; }

    /// <summary>A count.</summary>
    public decimal? ReferralsPerMonth { get; set; }

    /// <summary>A count.</summary>
    public decimal? LapsesPerDay { get; set; }

    /// <summary>Full years.</summary>
    public decimal? AgeLimit { get; set; }

    /// <summary>Months.</summary>
    public decimal? ValidMonths { get; set; }

    /// <summary>Dates, <c>yyyy-MM-dd</c>.</summary>
    public IReadOnlyList<string>? Holidays { get; set; }

    /// <summary>Dates, <c>yyyy-MM-dd</c>.</summary>
    public IReadOnlyList<string>? Workdays { get; set; }

    /// <summary>Makes rules of the draft and the defaults. False with the fault, which names the parameter.</summary>
    public bool TryBuild(out LocalityRules rules, out string fault)
    {
        rules = null!;
        if (TimeZone is null || !DateTimeZoneProviders.Tzdb.Ids.Contains(TimeZone))
        {
            fault = $"timeZone: '{TimeZone}' is not a known IANA time zone";
            return false;
        }

        return TryFill(new LocalityRules { TimeZone = TimeZone }, out rules, out fault);
    }

    /// <summary>Makes rules of the draft and those in force. False with the fault, also when the draft holds what may not change.</summary>
    public bool TryAmend(LocalityRules inForce, out LocalityRules rules, out string fault)
    {
        rules = null!;
        var fixedForever = (TimeZone, Ratio, Lead, Carry, AgeLimit) switch
        {
            ({ }, _, _, _, _) => "timeZone",
            (_, { }, _, _, _) => "ratio",
            (_, _, { }, _, _) => "lead",
            (_, _, _, { }, _) => "carry",
            (_, _, _, _, { }) => "ageLimit",
            _ => null,
        };
        if (fixedForever is not null)
        {
            fault = $"{fixedForever}: may not be amended";
            return false;
        }

        return TryFill(inForce, out rules, out fault);
    }

    private bool TryFill(LocalityRules start, out LocalityRules rules, out string fault)
    {
        var faults = new List<string>();
        var lead = start.Lead;
        if (Lead is not null && !Words.TryParse(Lead, out lead))
        {
            faults.Add($"lead: '{Lead}' is neither first-priority nor general");
        }

        if (Ratio is not null && Ratio.Count != 2)
        {
            faults.Add("ratio: two numbers are needed");
        }

        var ratio = Ratio is { Count: 2 } ? Ratio : null;
        rules = start with
        {
            FirstPriorityShare = Whole(ratio?[0], start.FirstPriorityShare, "ratio", 1, MostCount, faults),
            GeneralShare = Whole(ratio?[1], start.GeneralShare, "ratio", 1, MostCount, faults),
            Lead = lead,
            Carry = Carry ?? start.Carry,
            Handover = Time(Handover, start.Handover, "handover", faults),
            Release = Time(Release, start.Release, "release", faults),
            FreezeFrom = Time(FreezeFrom, start.FreezeFrom, "freezeFrom", faults),
            ReservationMinutes = Whole(ReservationMinutes, start.ReservationMinutes, "reservationMinutes", 0, MostMinutes, faults),
            PriorityWorkingDays = Whole(PriorityWorkingDays, start.PriorityWorkingDays, "priorityWorkingDays", 0, MostDays, faults),
            WindowFactorThousandths = Whole(Thousandths(WindowFactor), start.WindowFactorThousandths, "windowFactor", 0, MostCount * 1000, faults),
            ReferralWorkingDays = Whole(ReferralWorkingDays, start.ReferralWorkingDays, "referralWorkingDays", 0, MostDays, faults),
            CancelHours = Whole(CancelHours, start.CancelHours, "cancelHours", 0, MostMinutes, faults),
            ReturnMinutes = Whole(ReturnMinutes, start.ReturnMinutes, "returnMinutes", 0, MostMinutes, faults),
            ExtensionMaxDays = Whole(ExtensionMaxDays, start.ExtensionMaxDays, "extensionMaxDays", 0, MostDays, faults),
            StopListWorkingDays = Whole(StopListWorkingDays, start.StopListWorkingDays, "stopListWorkingDays", 0, MostDays, faults),
            MissesAllowed = Whole(MissesAllowed, start.MissesAllowed, "missesAllowed", 0, ushort.MaxValue - 1, faults),
            ReferralsPerMonth = Whole(ReferralsPerMonth, start.ReferralsPerMonth, "referralsPerMonth", 1, MostCount, faults),
            LapsesPerDay = Whole(LapsesPerDay, start.LapsesPerDay, "lapsesPerDay", 1, MostCount, faults),
            AgeLimit = Whole(AgeLimit, start.AgeLimit, "ageLimit", 0, MostYears, faults),
            ValidMonths = Whole(ValidMonths, start.ValidMonths, "validMonths", 0, MostMonths, faults),
            Holidays = Dates(Holidays, start.Holidays, "holidays", faults),
            Workdays = Dates(Workdays, start.Workdays, "workdays", faults),
        };
        AddFaultsOfTheWhole(rules, faults);
        fault = faults.Count == 0 ? "" : faults[0];
        return faults.Count == 0;
    }

    private static void AddFaultsOfTheWhole(LocalityRules rules, List<string> faults)
    {
        if (rules.FreezeFrom >= rules.Release)
        {
            faults.Add("freezeFrom: must be before release");
        }

        if (rules.Release >= rules.Handover)
        {
            faults.Add("release: must be before handover");
        }

        if (rules.Carry && rules.FirstPriorityShare != 1)
        {
            faults.Add("carry: needs a ratio of one first-priority application");
        }

        if (rules.Holidays.Intersect(rules.Workdays).Any())
        {
            faults.Add("holidays: a date stands in workdays too");
        }
    }

    // Cut to just beyond the bounds first: the product must not overflow.
    private static decimal? Thousandths(decimal? factor) => factor is { } number ? Math.Clamp(number, -1, MostCount + 1) * 1000 : null;

    private static int Whole(decimal? value, int fallback, string name, int least, int most, List<string> faults)
    {
        if (value is not { } number)
        {
            return fallback;
        }

        if (number != decimal.Truncate(number) || number < least || number > most)
        {
            faults.Add(name == "windowFactor"
                ? $"{name}: not a number from 0 to {most / 1000} with at most three decimal places"
                : $"{name}: {number} is not a whole number from {least} to {most}");
            return fallback;
        }

        return (int)number;
    }

    private static LocalTime Time(string? text, LocalTime fallback, string name, List<string> faults)
    {
        if (text is null)
        {
            return fallback;
        }

        var parsed = TimeOfDay.Parse(text);
        if (!parsed.Success)
        {
            faults.Add($"{name}: '{text}' is not a time of day written HH:mm");
        }

        return parsed.Success ? parsed.Value : fallback;
    }

    private static IReadOnlyList<LocalDate> Dates(IReadOnlyList<string>? texts, IReadOnlyList<LocalDate> fallback, string name, List<string> faults)
    {
        if (texts is null)
        {
            return fallback;
        }

        if (texts.Count > MostDates)
        {
            faults.Add($"{name}: more than {MostDates} dates");
            return fallback;
        }

        var dates = new SortedSet<LocalDate>();
        foreach (var text in texts)
        {
            var parsed = LocalDatePattern.Iso.Parse(text);
            if (parsed.Success)
            {
                dates.Add(parsed.Value);
            }
            else
            {
                faults.Add($"{name}: '{text}' is not a date written yyyy-MM-dd");
            }
        }

        return [.. dates];
    }
}

using System.Globalization;
using System.Text.Json;
using EOrda.Model.Replay;
using NodaTime;
using NodaTime.Text;

namespace EOrda.Model.Domain;

/// <summary>replay.md, "Rules parameters and defaults".</summary>
internal sealed record LocalityRules
{
    public const string LeadFirstPriority = "first-priority";
    public const string LeadGeneral = "general";

    private static readonly LocalTimePattern WallClock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public int RatioFirstPriority { get; init; } = 1;

    public int RatioGeneral { get; init; } = 3;

    public string Lead { get; init; } = LeadFirstPriority;

    public bool Carry { get; init; }

    public LocalTime Handover { get; init; } = new(18, 0);

    public LocalTime Release { get; init; } = new(7, 0);

    public LocalTime FreezeFrom { get; init; } = new(6, 30);

    public int ReservationMinutes { get; init; } = 10;

    public int PriorityWorkingDays { get; init; } = 3;

    public decimal WindowFactor { get; init; } = 1;

    public int ReferralWorkingDays { get; init; } = 5;

    public int CancelHours { get; init; } = 24;

    public int ReturnMinutes { get; init; } = 10;

    public int ExtensionMaxDays { get; init; } = 30;

    public int StopListWorkingDays { get; init; } = 10;

    public int MissesAllowed { get; init; } = 1;

    public int ReferralsPerMonth { get; init; } = 2;

    public int LapsesPerDay { get; init; } = 3;

    public int AgeLimit { get; init; } = 6;

    public int ValidMonths { get; init; } = 12;

    public IReadOnlyList<LocalDate> Holidays { get; init; } = [];

    public IReadOnlyList<LocalDate> Workdays { get; init; } = [];

    /// <summary>replay.md, "Commands", amend: what may not change.</summary>
    public static readonly IReadOnlyList<string> Unamendable = ["timeZone", "ratio", "lead", "carry", "ageLimit"];

    /// <summary>The rules with the parameters of a line put over them, or null: bad-rules.</summary>
    public LocalityRules? With(ReplayLine line)
    {
        var rules = this;
        foreach (var (name, value) in line.Fields)
        {
            if (!CommandFields.Parameters.ContainsKey(name))
                continue;
            if (rules.With(name, value) is not { } changed)
                return null;
            rules = changed;
        }

        return rules.AreInRange() ? rules : null;
    }

    /// <summary>replay.md, below the parameters, and Precisions (carry): out of range is bad-rules.</summary>
    private bool AreInRange() =>
        FreezeFrom < Release
        && Release < Handover
        && ReferralsPerMonth >= 1
        && LapsesPerDay >= 1
        && !Holidays.Any(Workdays.Contains)
        && (!Carry || RatioFirstPriority == 1);

    private LocalityRules? With(string name, JsonElement value) => name switch
    {
        "ratio" => Ratio(value) is { } ratio ? this with { RatioFirstPriority = ratio.First, RatioGeneral = ratio.General } : null,
        "lead" => value.GetString() is LeadFirstPriority or LeadGeneral ? this with { Lead = value.GetString()! } : null,
        "carry" => this with { Carry = value.GetBoolean() },
        "handover" => Clock(value) is { } time ? this with { Handover = time } : null,
        "release" => Clock(value) is { } time ? this with { Release = time } : null,
        "freezeFrom" => Clock(value) is { } time ? this with { FreezeFrom = time } : null,
        "reservationMinutes" => Whole(value) is { } number ? this with { ReservationMinutes = number } : null,
        "priorityWorkingDays" => Whole(value) is { } number ? this with { PriorityWorkingDays = number } : null,
        "windowFactor" => Factor(value) is { } factor ? this with { WindowFactor = factor } : null,
        "referralWorkingDays" => Whole(value) is { } number ? this with { ReferralWorkingDays = number } : null,
        "cancelHours" => Whole(value) is { } number ? this with { CancelHours = number } : null,
        "returnMinutes" => Whole(value) is { } number ? this with { ReturnMinutes = number } : null,
        "extensionMaxDays" => Whole(value) is { } number ? this with { ExtensionMaxDays = number } : null,
        "stopListWorkingDays" => Whole(value) is { } number ? this with { StopListWorkingDays = number } : null,
        "missesAllowed" => Whole(value) is { } number ? this with { MissesAllowed = number } : null,
        "referralsPerMonth" => Whole(value) is { } number ? this with { ReferralsPerMonth = number } : null,
        "lapsesPerDay" => Whole(value) is { } number ? this with { LapsesPerDay = number } : null,
        "ageLimit" => Whole(value) is { } number ? this with { AgeLimit = number } : null,
        "validMonths" => Whole(value) is { } number ? this with { ValidMonths = number } : null,
        "holidays" => Dates(value) is { } dates ? this with { Holidays = dates } : null,
        "workdays" => Dates(value) is { } dates ? this with { Workdays = dates } : null,
        _ => throw new InvalidOperationException($"'{name}' is no parameter"),
    };

    private static (int First, int General)? Ratio(JsonElement value)
    {
        var items = value.EnumerateArray().Select(Whole).ToList();
        return items is [{ } first and >= 1, { } general and >= 1] ? (first, general) : null;
    }

    private static LocalTime? Clock(JsonElement value)
    {
        var text = value.GetString()!;
        return text.Length == 5 && WallClock.Parse(text) is { Success: true } time ? time.Value : null;
    }

    private static int? Whole(JsonElement value) =>
        value.TryGetDecimal(out var number) && number == decimal.Truncate(number) && number is >= 0 and <= int.MaxValue ? (int)number : null;

    /// <summary>replay.md, Precisions: a decimal with at most three places.</summary>
    private static decimal? Factor(JsonElement value) =>
        value.TryGetDecimal(out var number) && number >= 0 && number == decimal.Round(number, 3) ? number : null;

    private static List<LocalDate>? Dates(JsonElement value)
    {
        var dates = new List<LocalDate>();
        foreach (var item in value.EnumerateArray())
        {
            if (LocalDatePattern.Iso.Parse(item.GetString()!) is not { Success: true } date)
                return null;
            dates.Add(date.Value);
        }

        return dates;
    }
}

using System.Text.Json.Nodes;
using EOrda.Model.Domain;
using NodaTime;
using NodaTime.Text;

namespace EOrda.Model.Generation;

/// <summary>Values for the parameters of replay.md, "Rules parameters and defaults": the default most often, then its neighbours, zero at times.</summary>
internal sealed class ParameterValues(Dice dice)
{
    public static readonly IReadOnlyList<string> Amendable =
    [
        "handover", "release", "freezeFrom", "reservationMinutes", "priorityWorkingDays", "windowFactor", "referralWorkingDays", "cancelHours", "returnMinutes",
        "extensionMaxDays", "stopListWorkingDays", "missesAllowed", "referralsPerMonth", "lapsesPerDay", "validMonths", "holidays", "workdays",
    ];

    private static readonly Dictionary<string, (int Default, int[] Others)> Whole = new()
    {
        ["reservationMinutes"] = (10, [1, 2, 10, 15, 30, 90, 600, 1440, 0]),
        ["priorityWorkingDays"] = (3, [0, 1, 2, 2]),
        ["referralWorkingDays"] = (5, [0, 1, 1, 2, 3]),
        ["cancelHours"] = (24, [0, 1, 12, 48, 200]),
        ["returnMinutes"] = (10, [0, 1, 10, 600, 1440]),
        ["extensionMaxDays"] = (30, [0, 1, 5, 30]),
        ["stopListWorkingDays"] = (10, [0, 1, 2, 3, 10]),
        ["missesAllowed"] = (1, [0, 1, 2]),
        ["referralsPerMonth"] = (2, [1, 1, 3, 5]),
        ["lapsesPerDay"] = (3, [1, 1, 2, 5]),
        ["ageLimit"] = (6, [5, 6, 7]),
        ["validMonths"] = (12, [0, 1, 1, 3, 24]),
    };

    /// <summary>Parameters whose zero brings everything to a halt, and what to put instead.</summary>
    public static readonly IReadOnlyDictionary<string, int> Stifling = new Dictionary<string, int>
    {
        ["reservationMinutes"] = 10,
        ["windowFactor"] = 2,
        ["referralsPerMonth"] = 2,
        ["missesAllowed"] = 1,
        ["referralWorkingDays"] = 5,
        ["priorityWorkingDays"] = 3,
    };

    public JsonNode Value(string name, LocalDate around, int defaultPercent) => name switch
    {
        "windowFactor" => JsonValue.Create(dice.Chance(defaultPercent) ? 1m : dice.Pick([0.5m, 1.5m, 2m, 2m, 2.125m, 3m, 0.333m, 0.001m, 10m, 0m])),
        "handover" => Clock(defaultPercent, "18:00", "17:00", "20:30", "12:00", "23:59"),
        "release" => Clock(defaultPercent, "07:00", "08:00", "06:31", "02:30", "01:15", "00:40"),
        "freezeFrom" => Clock(defaultPercent, "06:30", "06:00", "05:15", "00:00", "00:30", "02:10"),
        "holidays" => Holidays(around),
        "workdays" => Workdays(around),
        _ => JsonValue.Create(dice.Chance(defaultPercent) ? Whole[name].Default : dice.Pick(Whole[name].Others)),
    };

    /// <summary>Working days of the coming year that are not worked.</summary>
    public JsonArray Holidays(LocalDate around) =>
        Dates(dice.Between(0, 14), () => around.PlusDays(dice.Between(-5, 200)), date => date.DayOfWeek < IsoDayOfWeek.Saturday);

    /// <summary>Saturdays and Sundays of the coming year that are worked.</summary>
    public JsonArray Workdays(LocalDate around) =>
        Dates(dice.Between(0, 6), () => around.PlusDays(dice.Between(-5, 120)), date => date.DayOfWeek >= IsoDayOfWeek.Saturday);

    /// <summary>Parameters that are bad-rules, in `rules` and in `amend` alike.</summary>
    public JsonObject Bad() => dice.Below(21) switch
    {
        0 => new() { ["freezeFrom"] = "08:00", ["release"] = "07:00" },
        1 => new() { ["freezeFrom"] = "07:00", ["release"] = "07:00" },
        2 => new() { ["release"] = "18:00", ["handover"] = "18:00" },
        3 => new() { ["handover"] = "25:00" },
        4 => new() { ["release"] = "7:00" },
        5 => new() { ["reservationMinutes"] = -1 },
        6 => new() { ["lapsesPerDay"] = 1.5m },
        7 => new() { ["windowFactor"] = 0.0005m },
        8 => new() { ["windowFactor"] = -0.5m },
        9 => new() { ["lead"] = "nobody" },
        10 => new() { ["ratio"] = new JsonArray(1) },
        11 => new() { ["ratio"] = new JsonArray(0, 3) },
        12 => new() { ["ratio"] = new JsonArray(1, 2, 3) },
        13 => new() { ["ratio"] = new JsonArray(2, 3), ["carry"] = true },
        14 => new() { ["holidays"] = new JsonArray("2026-07-06"), ["workdays"] = new JsonArray("2026-07-11", "2026-07-06") },
        15 => new() { ["validMonths"] = -12, ["cancelHours"] = 24 },
        16 => new() { ["freezeFrom"] = "noon" },
        17 => new() { ["lapsesPerDay"] = 0 },
        18 => new() { ["referralsPerMonth"] = 0, ["windowFactor"] = 3 },
        19 => new() { ["referralsPerMonth"] = -1, ["lapsesPerDay"] = 1 },
        _ => new() { ["stopListWorkingDays"] = 0.5m },
    };

    /// <summary>Parameters that `amend` may not change, even to what they are.</summary>
    public JsonObject Unamendable() => dice.Below(5) switch
    {
        0 => new() { ["timeZone"] = "Asia/Almaty" },
        1 => new() { ["ratio"] = new JsonArray(1, 3) },
        2 => new() { ["lead"] = LocalityRules.LeadFirstPriority },
        3 => new() { ["carry"] = false, ["windowFactor"] = 2 },
        _ => new() { ["ageLimit"] = 6 },
    };

    private JsonValue Clock(int defaultPercent, string normal, params string[] others) =>
        JsonValue.Create(dice.Chance(defaultPercent) ? normal : dice.Pick(others));

    private static JsonArray Dates(int count, Func<LocalDate> next, Func<LocalDate, bool> fits)
    {
        var dates = new SortedSet<LocalDate>();
        for (var tries = 0; tries < count; tries++)
        {
            if (next() is var date && fits(date))
                dates.Add(date);
        }

        return [.. dates.Select(date => JsonValue.Create(LocalDatePattern.Iso.Format(date)))];
    }
}

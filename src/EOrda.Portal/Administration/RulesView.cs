using System.Globalization;
using System.Text.Json;
using EOrda.Portal.Json;
using EOrda.Portal.Problems;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using NodaTime;
using NodaTime.Text;

namespace EOrda.Portal.Administration;

/// <summary>Every number of a locality's rules, named as in <see cref="RulesDraft"/> (docs/replay.md, "Parameters").</summary>
internal sealed record RulesView(
    string TimeZone,
    IReadOnlyList<int> Ratio,
    string Lead,
    bool Carry,
    string Handover,
    string Release,
    string FreezeFrom,
    int ReservationMinutes,
    int PriorityWorkingDays,
    decimal WindowFactor,
    int ReferralWorkingDays,
    int CancelHours,
    int ReturnMinutes,
    int ExtensionMaxDays,
    int StopListWorkingDays,
    int MissesAllowed,
    int ReferralsPerMonth,
    int LapsesPerDay,
    int AgeLimit,
    int ValidMonths,
    IReadOnlyList<string> Holidays,
    IReadOnlyList<string> Workdays)
{
    private const string DefaultZone = "Asia/Almaty";

    /// <summary>The rules of a locality that asks for nothing else.</summary>
    public static RulesView Defaults { get; } =
        new RulesDraft { TimeZone = DefaultZone }.TryBuild(out var rules, out _) ? Of(rules) : throw new InvalidOperationException("The default rules are not valid.");

    /// <summary>Rules as they are shown.</summary>
    public static RulesView Of(LocalityRules rules) => new(
        rules.TimeZone,
        [rules.FirstPriorityShare, rules.GeneralShare],
        Words.Of(rules.Lead),
        rules.Carry,
        Text(rules.Handover),
        Text(rules.Release),
        Text(rules.FreezeFrom),
        rules.ReservationMinutes,
        rules.PriorityWorkingDays,
        rules.WindowFactorThousandths / 1000m,
        rules.ReferralWorkingDays,
        rules.CancelHours,
        rules.ReturnMinutes,
        rules.ExtensionMaxDays,
        rules.StopListWorkingDays,
        rules.MissesAllowed,
        rules.ReferralsPerMonth,
        rules.LapsesPerDay,
        rules.AgeLimit,
        rules.ValidMonths,
        [.. rules.Holidays.Select(LocalDatePattern.Iso.Format)],
        [.. rules.Workdays.Select(LocalDatePattern.Iso.Format)]);

    /// <summary>What differs, in the order of the rules.</summary>
    public static IReadOnlyList<RuleChange> Difference(LocalityRules before, LocalityRules after)
    {
        var (from, to) = (Fields(before), Fields(after));
        return [.. from.Zip(to).Where(pair => pair.First.Value != pair.Second.Value).Select(pair => new RuleChange(pair.First.Name, pair.First.Value, pair.Second.Value))];
    }

    private static List<(string Name, string Value)> Fields(LocalityRules rules) =>
        [.. JsonSerializer.SerializeToElement(Of(rules), ApiJson.Web.RulesView).EnumerateObject().Select(field => (field.Name, Text(field.Value)))];

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(' ', value.EnumerateArray().Select(item => item.ToString())),
        _ => value.ToString(),
    };

    private static string Text(LocalTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>One rule that differs. Lists stand with spaces between.</summary>
internal sealed record RuleChange(string Rule, string Before, string After);

/// <summary>What is wrong with rules, as a fault of a field.</summary>
internal static class RulesFault
{
    private const string FixedForever = "may not be amended";

    /// <summary>The fault that <see cref="RulesDraft"/> told, whose text begins with the rule's name.</summary>
    /// <param name="within">The property that holds the rules.</param>
    /// <param name="fault">What the draft told.</param>
    public static BadInputException Of(string within, string fault)
    {
        var rule = fault[..fault.IndexOf(':')];
        return new BadInputException($"{within}.{rule}", fault.EndsWith(FixedForever, StringComparison.Ordinal) ? Fault.FixedForever : OfRule(rule));
    }

    private static Fault OfRule(string rule) => rule switch
    {
        "timeZone" => Fault.NotATimeZone,
        "handover" or "release" or "freezeFrom" => Fault.NotATimeOfDay,
        "holidays" or "workdays" => Fault.NotDates,
        "carry" => Fault.CarryNeedsOne,
        _ => Fault.WrongType,
    };
}

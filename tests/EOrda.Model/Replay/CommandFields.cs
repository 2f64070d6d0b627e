namespace EOrda.Model.Replay;

/// <summary>replay.md, "Commands": which fields each command has, and which of them may be left out.</summary>
internal static class CommandFields
{
    public static readonly IReadOnlyDictionary<string, FieldType> Parameters = new Dictionary<string, FieldType>
    {
        ["ratio"] = FieldType.ParameterNumberList,
        ["lead"] = FieldType.ParameterText,
        ["carry"] = FieldType.ParameterTruth,
        ["handover"] = FieldType.ParameterText,
        ["release"] = FieldType.ParameterText,
        ["freezeFrom"] = FieldType.ParameterText,
        ["reservationMinutes"] = FieldType.ParameterNumber,
        ["priorityWorkingDays"] = FieldType.ParameterNumber,
        ["windowFactor"] = FieldType.ParameterNumber,
        ["referralWorkingDays"] = FieldType.ParameterNumber,
        ["cancelHours"] = FieldType.ParameterNumber,
        ["returnMinutes"] = FieldType.ParameterNumber,
        ["extensionMaxDays"] = FieldType.ParameterNumber,
        ["stopListWorkingDays"] = FieldType.ParameterNumber,
        ["missesAllowed"] = FieldType.ParameterNumber,
        ["referralsPerMonth"] = FieldType.ParameterNumber,
        ["lapsesPerDay"] = FieldType.ParameterNumber,
        ["ageLimit"] = FieldType.ParameterNumber,
        ["validMonths"] = FieldType.ParameterNumber,
        ["holidays"] = FieldType.ParameterTextList,
        ["workdays"] = FieldType.ParameterTextList,
    };

    public static readonly IReadOnlyDictionary<string, IReadOnlyList<Field>> ByCommand = new Dictionary<string, IReadOnlyList<Field>>
    {
        ["rules"] = [Must("locality"), new("timeZone", FieldType.ParameterText, Optional: false), .. Parameters.Select(parameter => new Field(parameter.Key, parameter.Value, Optional: true))],
        ["amend"] = [Must("locality"), new("timeZone", FieldType.ParameterText, Optional: true), .. Parameters.Select(parameter => new Field(parameter.Key, parameter.Value, Optional: true))],
        ["kindergarten"] = [Must("id"), Must("locality"), Must("kind", FieldType.Kind)],
        ["submit"] =
        [
            Must("application"), Must("queue", FieldType.Text), Must("child"), Must("born", FieldType.Date), Must("applicant"), Must("category", FieldType.Category),
            May("submitted", FieldType.Instant), May("review", FieldType.Truth),
        ],
        ["review"] = [Must("application"), Must("approve", FieldType.Truth)],
        ["category"] = [Must("application"), Must("category", FieldType.Category)],
        ["transfer"] = [Must("application"), Must("applicant")],
        ["correct"] = [Must("application"), Must("born", FieldType.Date)],
        ["prolong"] = [Must("application")],
        ["cleanup"] = [Must("locality")],
        ["withdraw"] = [Must("application")],
        ["free"] = [Must("place"), Must("kindergarten"), May("queue", FieldType.Text), May("age", FieldType.GroupAge)],
        ["revoke"] = [Must("place")],
        ["reserve"] = [May("application"), May("applications", FieldType.IdentifierList), May("place"), May("kindergarten")],
        ["confirm"] = [Must("application")],
        ["drop"] = [Must("application")],
        ["cancel"] = [Must("application")],
        ["extend"] = [Must("application"), Must("days", FieldType.WholeNumber)],
        ["verify"] = [Must("application"), Must("approve", FieldType.Truth)],
        ["enrol"] = [Must("application")],
        ["refuse"] = [Must("application")],
        ["leave"] = [Must("application")],
        ["position"] = [Must("application")],
        ["order"] = [Must("queue", FieldType.Text)],
        ["places"] = [Must("queue", FieldType.Text)],
    };

    private static Field Must(string name, FieldType type = FieldType.Identifier) => new(name, type, Optional: false);

    private static Field May(string name, FieldType type = FieldType.Identifier) => new(name, type, Optional: true);

    internal sealed record Field(string Name, FieldType Type, bool Optional);
}

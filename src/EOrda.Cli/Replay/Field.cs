using System.Collections.Frozen;

namespace EOrda.Cli.Replay;

/// <summary>Every field that a replay line may have; written in camel case.</summary>
internal enum Field
{
    At,
    Do,
    Locality,
    Id,
    Kind,
    Application,
    Applications,
    Queue,
    Child,
    Born,
    Applicant,
    Category,
    Submitted,
    Review,
    Approve,
    Place,
    Kindergarten,
    Age,
    Days,
    TimeZone,
    Ratio,
    Lead,
    Carry,
    Handover,
    Release,
    FreezeFrom,
    ReservationMinutes,
    PriorityWorkingDays,
    WindowFactor,
    ReferralWorkingDays,
    CancelHours,
    ReturnMinutes,
    ExtensionMaxDays,
    StopListWorkingDays,
    MissesAllowed,
    ReferralsPerMonth,
    LapsesPerDay,
    AgeLimit,
    ValidMonths,
    Holidays,
    Workdays,
}

/// <summary>The fields' written names.</summary>
internal static class FieldNames
{
    private static readonly string[] Names = [.. Enum.GetNames<Field>().Select(name => char.ToLowerInvariant(name[0]) + name[1..])];

    private static readonly FrozenDictionary<string, Field>.AlternateLookup<ReadOnlySpan<char>> ByName =
        Enum.GetValues<Field>().ToFrozenDictionary(field => Names[(int)field]).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>How many fields there are.</summary>
    public static int Count => Names.Length;

    public static string Of(Field field) => Names[(int)field];

    public static bool TryFind(ReadOnlySpan<char> name, out Field field) => ByName.TryGetValue(name, out field);
}

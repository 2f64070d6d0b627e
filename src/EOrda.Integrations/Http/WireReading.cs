using EOrda.Identifiers;
using EOrda.Integrations.Registers;

namespace EOrda.Integrations.Http;

/// <summary>Reads what a register sent; null for what cannot be so.</summary>
internal static class WireReading
{
    private const int LongestName = 100;
    private const int MostGuardians = 4;
    private const int MostChildren = 30;

    public static RegisteredPhone? Read(PhoneWire wire) => PhoneNumber.TryParse(wire.Phone, out var phone) ? new RegisteredPhone(phone) : null;

    public static RegisteredPerson? Read(PersonWire wire, Iin about) =>
        Iin.TryParse(wire.Iin, out var iin) && iin == about
        && IsName(wire.Surname) && IsName(wire.GivenName) && (wire.Patronymic is null || IsName(wire.Patronymic))
        && wire.Born is { } born
        && SexOf(wire.Sex) is { } sex
        && wire.Citizenship is { Length: 3 } country && country.All(char.IsAsciiLetterUpper)
            ? new RegisteredPerson(iin, wire.Surname!, wire.GivenName!, wire.Patronymic, born, sex, country)
            : null;

    public static RegisteredParents? Read(ParentsWire wire) => People(wire.Parents, 2) is { } parents ? new RegisteredParents(parents) : null;

    public static RegisteredDeath? Read(DeathWire wire) => wire.On is { } on ? new RegisteredDeath(on) : null;

    public static RegisteredGuardians? Read(GuardiansWire wire) =>
        People(wire.Guardians, MostGuardians) is { } guardians ? new RegisteredGuardians(guardians, wire.WithoutParents) : null;

    public static RegisteredTeacher? Read(TeacherWire wire) =>
        wire.Organisation is { Length: 12 } bin && bin.All(char.IsAsciiDigit) ? new RegisteredTeacher(bin) : null;

    public static RegisteredDisability Read(DisabilityWire wire) => new(wire.Through);

    public static RegisteredLargeFamily? Read(LargeFamilyWire wire) => wire.Children is > 0 and <= MostChildren ? new RegisteredLargeFamily(wire.Children.Value) : null;

    private static bool IsName(string? name) => name is { Length: > 0 and <= LongestName } && !name.Any(char.IsControl);

    private static Sex? SexOf(string? word) => word switch
    {
        "male" => Sex.Male,
        "female" => Sex.Female,
        _ => null,
    };

    private static List<Iin>? People(IReadOnlyList<string>? texts, int most)
    {
        if (texts is null || texts.Count == 0 || texts.Count > most)
            return null;
        var people = new List<Iin>();
        foreach (var text in texts)
        {
            if (!Iin.TryParse(text, out var iin))
                return null;
            people.Add(iin);
        }

        return people;
    }
}

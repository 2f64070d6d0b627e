using System.Globalization;
using EOrda.Identifiers;

namespace EOrda.Integrations.Simulated;

/// <summary>
/// Families that do not exist, always the same. Their names say so (ойдан = made up), their IINs obey the digits' rule and have serial numbers from 9000 on,
/// which are not given, and their phones are of a code that no operator has (790).
/// </summary>
public sealed class InventedPeople
{
    /// <summary>The most families.</summary>
    public const int MostFamilies = 9_000;

    private readonly Dictionary<Iin, InventedPerson> _people = [];

    /// <summary>Invents families.</summary>
    /// <param name="families">1 to <see cref="MostFamilies"/>.</param>
    public InventedPeople(int families)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(families, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(families, MostFamilies);
        Families = [.. Enumerable.Range(0, families).Select(Invent)];
        foreach (var person in Families.SelectMany(family => new[] { family.Mother, family.Father, family.Child }))
            _people.Add(person.Iin, person);
    }

    /// <summary>The families, by their number.</summary>
    public IReadOnlyList<InventedFamily> Families { get; }

    /// <summary>The person with a number, or null.</summary>
    public InventedPerson? Find(Iin iin) => _people.GetValueOrDefault(iin);

    private static InventedFamily Invent(int number)
    {
        var mother = Person(number, new DateOnly(1988, 1, 1).AddDays(number % 3_000), Sex.Female, "Анасы", number % 10 == 3 ? null : Phone(number));
        var father = Person(number, new DateOnly(1986, 1, 1).AddDays(number % 3_000), Sex.Male, "Әкесі", Phone(number + MostFamilies));
        var child = Person(number, new DateOnly(2021, 1, 1).AddDays(number % 1_500), number % 2 == 0 ? Sex.Female : Sex.Male, "Баласы", null);
        return new InventedFamily(number, mother, father, child);
    }

    private static InventedPerson Person(int number, DateOnly born, Sex sex, string given, PhoneNumber? phone) =>
        new(number, IinOf(born, sex, number), sex == Sex.Male ? "Ойданов" : "Ойданова", $"{given}-{number:0000}", sex == Sex.Male ? "Үлгіұлы" : "Үлгіқызы", born, sex, phone);

    /// <summary>The number with a serial from 9000 on; where no check digit fits, with the next. Birth dates come again after 1,500 families or more.</summary>
    private static Iin IinOf(DateOnly born, Sex sex, int number)
    {
        var century = ((born.Year - 1800) / 100 * 2) + (sex == Sex.Male ? 1 : 2);
        for (var serial = 9_000 + (number / 1_500 * 10); ; serial++)
        {
            var body = $"{born.ToString("yyMMdd", CultureInfo.InvariantCulture)}{century}{serial:0000}";
            if (IinCheckDigit.Of(body) is { } check)
                return Iin.Parse($"{body}{check}");
        }
    }

    private static PhoneNumber Phone(int number) => PhoneNumber.Parse($"+7790{number:0000000}");
}

/// <summary>An invented family.</summary>
/// <param name="Number">Its number, from 0. What holds for the family follows from it.</param>
/// <param name="Mother">The mother.</param>
/// <param name="Father">The father.</param>
/// <param name="Child">The child.</param>
public sealed record InventedFamily(int Number, InventedPerson Mother, InventedPerson Father, InventedPerson Child)
{
    /// <summary>Every tenth family is large.</summary>
    public bool IsLarge => Number % 10 == 1;

    /// <summary>In every tenth the mother is a teacher.</summary>
    public bool HasTeacher => Number % 10 == 2;

    /// <summary>In every tenth the father has a disability.</summary>
    public bool HasDisabledParent => Number % 10 == 4;

    /// <summary>In every tenth the child has a disability.</summary>
    public bool HasDisabledChild => Number % 10 == 5;

    /// <summary>In every tenth the child has no parents; the mother is its guardian.</summary>
    public bool HasGuardian => Number % 10 == 6;

    /// <summary>In every hundredth the child has died.</summary>
    public bool HasLostChild => Number % 100 == 7;
}

/// <summary>An invented person.</summary>
/// <param name="Family">The number of the family.</param>
/// <param name="Iin">The IIN.</param>
/// <param name="Surname">The surname.</param>
/// <param name="GivenName">The given name.</param>
/// <param name="Patronymic">The patronymic.</param>
/// <param name="Born">The birth date.</param>
/// <param name="Sex">The sex.</param>
/// <param name="Phone">The phone, or null.</param>
public sealed record InventedPerson(int Family, Iin Iin, string Surname, string GivenName, string Patronymic, DateOnly Born, Sex Sex, PhoneNumber? Phone);

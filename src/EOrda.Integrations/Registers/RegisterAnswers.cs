using EOrda.Identifiers;

namespace EOrda.Integrations.Registers;

/// <summary>The phone that the state's base has for a person.</summary>
/// <param name="Phone">The phone.</param>
public sealed record RegisteredPhone(PhoneNumber Phone);

/// <summary>A person as the register of persons has them.</summary>
/// <param name="Iin">The number.</param>
/// <param name="Surname">The surname.</param>
/// <param name="GivenName">The given name.</param>
/// <param name="Patronymic">The patronymic, or null.</param>
/// <param name="Born">The birth date, which may differ from the one that the number names.</param>
/// <param name="Sex">The sex.</param>
/// <param name="Citizenship">The country by ISO 3166, three letters.</param>
public sealed record RegisteredPerson(Iin Iin, string Surname, string GivenName, string? Patronymic, DateOnly Born, Sex Sex, string Citizenship)
{
    /// <summary>The masked number only.</summary>
    public override string ToString() => $"person {Iin}";
}

/// <summary>The parents of a child by its birth record.</summary>
/// <param name="Parents">One or two.</param>
public sealed record RegisteredParents(IReadOnlyList<Iin> Parents);

/// <summary>A person is dead.</summary>
/// <param name="On">The date.</param>
public sealed record RegisteredDeath(DateOnly On);

/// <summary>A child is in guardianship.</summary>
/// <param name="Guardians">One to four guardians or foster carers.</param>
/// <param name="IsWithoutParents">The child is an orphan or without parents' care: a first-priority benefit (001: 1_9, 7).</param>
public sealed record RegisteredGuardians(IReadOnlyList<Iin> Guardians, bool IsWithoutParents);

/// <summary>A person is a teacher: a first-priority benefit for the children (001: 1_9, 7).</summary>
/// <param name="Organisation">The organisation where the person teaches, by its BIN.</param>
public sealed record RegisteredTeacher(string Organisation);

/// <summary>A person has a disability: a first-priority benefit for the children, or for the siblings (001: 1_9, 7).</summary>
/// <param name="Through">The last day for which it is established, or null when it is for life.</param>
public sealed record RegisteredDisability(DateOnly? Through);

/// <summary>A family is large: a first-priority benefit (001: 1_9, 7).</summary>
/// <param name="Children">How many children under age it has.</param>
public sealed record RegisteredLargeFamily(int Children);

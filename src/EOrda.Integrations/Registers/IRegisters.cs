using EOrda.Identifiers;

namespace EOrda.Integrations.Registers;

// None of these throws for what a register or a network does: a register that is slow, down or wrong has not answered. All are safe for many threads.

/// <summary>The state's base of mobile numbers (БМГ).</summary>
public interface IMobileNumbers
{
    /// <summary>Asks for the phone of a person.</summary>
    Task<RegisterReply<RegisteredPhone>> FindAsync(Iin owner, CancellationToken cancellation);
}

/// <summary>The register of persons (ГБД ФЛ).</summary>
public interface IPersons
{
    /// <summary>Asks for a person.</summary>
    Task<RegisterReply<RegisteredPerson>> FindAsync(Iin person, CancellationToken cancellation);
}

/// <summary>The register of civil acts (ЗАГС).</summary>
public interface ICivilActs
{
    /// <summary>Asks who a child's parents are.</summary>
    Task<RegisterReply<RegisteredParents>> ParentsOfAsync(Iin child, CancellationToken cancellation);

    /// <summary>Asks whether a person is dead. Not found means that no death is registered.</summary>
    Task<RegisterReply<RegisteredDeath>> DeathOfAsync(Iin person, CancellationToken cancellation);
}

/// <summary>The national base of education (НОБД): guardianship and teachers.</summary>
public interface IEducationRegister
{
    /// <summary>Asks who a child's guardians are.</summary>
    Task<RegisterReply<RegisteredGuardians>> GuardiansOfAsync(Iin child, CancellationToken cancellation);

    /// <summary>Asks whether a person is a teacher.</summary>
    Task<RegisterReply<RegisteredTeacher>> TeacherAsync(Iin person, CancellationToken cancellation);
}

/// <summary>The central base of persons with a disability (ЦБДИ).</summary>
public interface IDisabilityRegister
{
    /// <summary>Asks whether a person has a disability.</summary>
    Task<RegisterReply<RegisteredDisability>> FindAsync(Iin person, CancellationToken cancellation);
}

/// <summary>The base of large families (ЭНПВП).</summary>
public interface ILargeFamilies
{
    /// <summary>Asks whether a person's family is large.</summary>
    Task<RegisterReply<RegisteredLargeFamily>> FindAsync(Iin parent, CancellationToken cancellation);
}

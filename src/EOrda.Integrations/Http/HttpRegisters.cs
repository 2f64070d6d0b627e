using EOrda.Identifiers;
using EOrda.Integrations.Registers;

namespace EOrda.Integrations.Http;

internal sealed class HttpMobileNumbers(RegisterClient client) : IMobileNumbers
{
    public Task<RegisterReply<RegisteredPhone>> FindAsync(Iin owner, CancellationToken cancellation) =>
        client.AskAsync("phone", owner, WireContext.Default.PhoneWire, WireReading.Read, cancellation);
}

internal sealed class HttpPersons(RegisterClient client) : IPersons
{
    public Task<RegisterReply<RegisteredPerson>> FindAsync(Iin person, CancellationToken cancellation) =>
        client.AskAsync("person", person, WireContext.Default.PersonWire, wire => WireReading.Read(wire, person), cancellation);
}

internal sealed class HttpCivilActs(RegisterClient client) : ICivilActs
{
    public Task<RegisterReply<RegisteredParents>> ParentsOfAsync(Iin child, CancellationToken cancellation) =>
        client.AskAsync("parents", child, WireContext.Default.ParentsWire, WireReading.Read, cancellation);

    public Task<RegisterReply<RegisteredDeath>> DeathOfAsync(Iin person, CancellationToken cancellation) =>
        client.AskAsync("death", person, WireContext.Default.DeathWire, WireReading.Read, cancellation);
}

internal sealed class HttpEducationRegister(RegisterClient client) : IEducationRegister
{
    public Task<RegisterReply<RegisteredGuardians>> GuardiansOfAsync(Iin child, CancellationToken cancellation) =>
        client.AskAsync("guardians", child, WireContext.Default.GuardiansWire, WireReading.Read, cancellation);

    public Task<RegisterReply<RegisteredTeacher>> TeacherAsync(Iin person, CancellationToken cancellation) =>
        client.AskAsync("teacher", person, WireContext.Default.TeacherWire, WireReading.Read, cancellation);
}

internal sealed class HttpDisabilityRegister(RegisterClient client) : IDisabilityRegister
{
    public Task<RegisterReply<RegisteredDisability>> FindAsync(Iin person, CancellationToken cancellation) =>
        client.AskAsync("disability", person, WireContext.Default.DisabilityWire, WireReading.Read, cancellation);
}

internal sealed class HttpLargeFamilies(RegisterClient client) : ILargeFamilies
{
    public Task<RegisterReply<RegisteredLargeFamily>> FindAsync(Iin parent, CancellationToken cancellation) =>
        client.AskAsync("large-family", parent, WireContext.Default.LargeFamilyWire, WireReading.Read, cancellation);
}

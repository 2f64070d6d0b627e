using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EOrda.Identifiers;
using EOrda.Integrations.Http;
using EOrda.Integrations.Registers;
using EOrda.Queues.Time;

namespace EOrda.Integrations.Simulated;

/// <summary>The registers of invented people.</summary>
internal sealed class SimulatedRegisters(InventedPeople people, RegisterMoods moods, TimeProvider clock)
    : IMobileNumbers, IPersons, ICivilActs, IEducationRegister, IDisabilityRegister, ILargeFamilies
{
    private const string School = "000000000000";

    Task<RegisterReply<RegisteredPhone>> IMobileNumbers.FindAsync(Iin owner, CancellationToken cancellation) =>
        ReplyAsync(RegisterWords.MobileNumbers, "phone", owner, WireContext.Default.PhoneWire, Phone, WireReading.Read, cancellation);

    Task<RegisterReply<RegisteredPerson>> IPersons.FindAsync(Iin person, CancellationToken cancellation) =>
        ReplyAsync(RegisterWords.Persons, "person", person, WireContext.Default.PersonWire, Person, wire => WireReading.Read(wire, person), cancellation);

    public Task<RegisterReply<RegisteredParents>> ParentsOfAsync(Iin child, CancellationToken cancellation) =>
        ReplyAsync(RegisterWords.CivilActs, "parents", child, WireContext.Default.ParentsWire, Parents, WireReading.Read, cancellation);

    public Task<RegisterReply<RegisteredDeath>> DeathOfAsync(Iin person, CancellationToken cancellation) =>
        ReplyAsync(RegisterWords.CivilActs, "death", person, WireContext.Default.DeathWire, Death, WireReading.Read, cancellation);

    public Task<RegisterReply<RegisteredGuardians>> GuardiansOfAsync(Iin child, CancellationToken cancellation) =>
        ReplyAsync(RegisterWords.Education, "guardians", child, WireContext.Default.GuardiansWire, Guardians, WireReading.Read, cancellation);

    public Task<RegisterReply<RegisteredTeacher>> TeacherAsync(Iin person, CancellationToken cancellation) =>
        ReplyAsync(RegisterWords.Education, "teacher", person, WireContext.Default.TeacherWire, Teacher, WireReading.Read, cancellation);

    Task<RegisterReply<RegisteredDisability>> IDisabilityRegister.FindAsync(Iin person, CancellationToken cancellation) =>
        ReplyAsync(RegisterWords.Disability, "disability", person, WireContext.Default.DisabilityWire, Disability, WireReading.Read, cancellation);

    Task<RegisterReply<RegisteredLargeFamily>> ILargeFamilies.FindAsync(Iin parent, CancellationToken cancellation) =>
        ReplyAsync(RegisterWords.LargeFamilies, "large-family", parent, WireContext.Default.LargeFamilyWire, LargeFamily, WireReading.Read, cancellation);

    private Moment Now => Moment.From(clock.GetUtcNow());

    private async Task<RegisterReply<TAnswer>> ReplyAsync<TWire, TAnswer>(
        string register,
        string question,
        Iin about,
        JsonTypeInfo<TWire> type,
        Func<InventedPerson, InventedFamily, TWire?> know,
        Func<TWire, TAnswer?> read,
        CancellationToken cancellation)
        where TWire : Wire
        where TAnswer : class
    {
        var asked = Now;
        var mood = moods.Of(register);
        if (mood == RegisterMood.Slow)
            await Task.Delay(moods.SlowFor, clock, cancellation);
        if (mood is RegisterMood.Down or RegisterMood.Garbled)
        {
            var fault = mood == RegisterMood.Down ? RegisterWords.NoConnection : RegisterWords.NotUnderstood;
            return new(new RegisterInquiry(register, question, about, asked, Now, RegisterOutcome.NotAnswered, fault, null), null);
        }

        var wire = people.Find(about) is { } person ? know(mood == RegisterMood.Wrong ? SameOfNextFamily(person) : person, FamilyOf(person, mood)) : null;
        var answer = wire is null ? null : read(wire);
        if (wire is not null && answer is null)
            return new(new RegisterInquiry(register, question, about, asked, Now, RegisterOutcome.NotAnswered, RegisterWords.NotUnderstood, null), null);
        var outcome = answer is null ? RegisterOutcome.NotFound : RegisterOutcome.Found;
        return new(new RegisterInquiry(register, question, about, asked, Now, outcome, null, wire is null ? null : JsonSerializer.Serialize(wire, type)), answer);
    }

    private InventedFamily FamilyOf(InventedPerson person, RegisterMood mood) => people.Families[mood == RegisterMood.Wrong ? Next(person.Family) : person.Family];

    private int Next(int family) => (family + 1) % people.Families.Count;

    private InventedPerson SameOfNextFamily(InventedPerson person)
    {
        var own = people.Families[person.Family];
        var next = people.Families[Next(person.Family)];
        return person == own.Mother ? next.Mother : person == own.Father ? next.Father : next.Child;
    }

    private static PhoneWire? Phone(InventedPerson person, InventedFamily family) =>
        person.Phone is { } phone ? new PhoneWire(phone.International) { Found = true } : null;

    /// <summary>The register of persons names the number it was asked for; a wrong one names another, which is no answer to the question.</summary>
    private static PersonWire Person(InventedPerson person, InventedFamily family) =>
        new(person.Iin.Digits, person.Surname, person.GivenName, person.Patronymic, person.Born, person.Sex == Sex.Male ? "male" : "female", "KAZ") { Found = true };

    private static ParentsWire? Parents(InventedPerson person, InventedFamily family) =>
        person == family.Child && !family.HasGuardian ? new ParentsWire([family.Mother.Iin.Digits, family.Father.Iin.Digits]) { Found = true } : null;

    private static DeathWire? Death(InventedPerson person, InventedFamily family) =>
        person == family.Child && family.HasLostChild ? new DeathWire(person.Born.AddYears(1)) { Found = true } : null;

    private static GuardiansWire? Guardians(InventedPerson person, InventedFamily family) =>
        person == family.Child && family.HasGuardian ? new GuardiansWire([family.Mother.Iin.Digits], true) { Found = true } : null;

    private static TeacherWire? Teacher(InventedPerson person, InventedFamily family) =>
        person == family.Mother && family.HasTeacher ? new TeacherWire(School) { Found = true } : null;

    private static DisabilityWire? Disability(InventedPerson person, InventedFamily family) =>
        (person == family.Father && family.HasDisabledParent) || (person == family.Child && family.HasDisabledChild) ? new DisabilityWire((DateOnly?)null) { Found = true } : null;

    private static LargeFamilyWire? LargeFamily(InventedPerson person, InventedFamily family) =>
        person != family.Child && family.IsLarge ? new LargeFamilyWire(4) { Found = true } : null;
}

using EOrda.Identifiers;
using EOrda.Integrations.Registers;
using EOrda.Integrations.Simulated;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EOrda.Integrations.Tests;

public sealed class SimulatedPeople : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _clock = new();
    private readonly InventedPeople _people = new(200);
    private readonly ServiceProvider _services;

    public SimulatedPeople() => _services = new ServiceCollection().AddSingleton<TimeProvider>(_clock).AddSimulatedRegisters(_people).BuildServiceProvider();

    [Fact]
    public void The_people_are_always_the_same_and_each_has_a_valid_number_of_the_own()
    {
        var people = Everyone(new InventedPeople(InventedPeople.MostFamilies));
        Assert.Equal(people.Count, people.Select(person => person.Iin).Distinct().Count());
        Assert.All(people, person =>
        {
            Assert.Null(Iin.Read(person.Iin.Digits, out _));
            Assert.Equal((person.Born, person.Sex), (person.Iin.Born, person.Iin.Sex));
            Assert.StartsWith("Ойданов", person.Surname, StringComparison.Ordinal);
            Assert.Equal('9', person.Iin.Digits[7]);
        });
        var phones = people.Select(person => person.Phone).OfType<PhoneNumber>().ToList();
        Assert.Equal(phones.Count, phones.Distinct().Count());
        Assert.Equal(Everyone(_people), people.Take(600));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9_001)]
    public void There_are_1_to_9000_families(int families) => Assert.Throws<ArgumentOutOfRangeException>(() => new InventedPeople(families));

    [Fact]
    public async Task What_holds_for_a_family_the_registers_say()
    {
        var family = _people.Families[0];
        Assert.Equal([family.Mother.Iin, family.Father.Iin], (await Get<ICivilActs>().ParentsOfAsync(family.Child.Iin, default)).Answer!.Parents);
        Assert.Equal(family.Mother.Phone, (await Get<IMobileNumbers>().FindAsync(family.Mother.Iin, default)).Answer!.Phone);
        var person = (await Get<IPersons>().FindAsync(family.Child.Iin, default)).Answer!;
        Assert.Equal((family.Child.Surname, family.Child.GivenName, family.Child.Born), (person.Surname, person.GivenName, person.Born));

        Assert.Equal(4, (await Get<ILargeFamilies>().FindAsync(_people.Families[1].Mother.Iin, default)).Answer!.Children);
        Assert.Equal(RegisterOutcome.Found, (await Get<IEducationRegister>().TeacherAsync(_people.Families[2].Mother.Iin, default)).Outcome);
        Assert.Equal(RegisterOutcome.NotFound, (await Get<IMobileNumbers>().FindAsync(_people.Families[3].Mother.Iin, default)).Outcome);
        Assert.Equal(RegisterOutcome.Found, (await Get<IDisabilityRegister>().FindAsync(_people.Families[4].Father.Iin, default)).Outcome);
        Assert.Equal(RegisterOutcome.Found, (await Get<IDisabilityRegister>().FindAsync(_people.Families[5].Child.Iin, default)).Outcome);
        Assert.True((await Get<IEducationRegister>().GuardiansOfAsync(_people.Families[6].Child.Iin, default)).Answer!.IsWithoutParents);
        Assert.Equal(RegisterOutcome.NotFound, (await Get<ICivilActs>().ParentsOfAsync(_people.Families[6].Child.Iin, default)).Outcome);
        Assert.Equal(RegisterOutcome.Found, (await Get<ICivilActs>().DeathOfAsync(_people.Families[7].Child.Iin, default)).Outcome);
    }

    [Fact]
    public async Task Most_families_have_nothing_special_and_strangers_are_not_known()
    {
        var family = _people.Families[0];
        Assert.Equal(RegisterOutcome.NotFound, (await Get<ILargeFamilies>().FindAsync(family.Mother.Iin, default)).Outcome);
        Assert.Equal(RegisterOutcome.NotFound, (await Get<IEducationRegister>().TeacherAsync(family.Mother.Iin, default)).Outcome);
        Assert.Equal(RegisterOutcome.NotFound, (await Get<IDisabilityRegister>().FindAsync(family.Child.Iin, default)).Outcome);
        Assert.Equal(RegisterOutcome.NotFound, (await Get<IEducationRegister>().GuardiansOfAsync(family.Child.Iin, default)).Outcome);
        Assert.Equal(RegisterOutcome.NotFound, (await Get<ICivilActs>().DeathOfAsync(family.Child.Iin, default)).Outcome);
        Assert.Equal(RegisterOutcome.NotFound, (await Get<IPersons>().FindAsync(Iin.Parse("851231300005"), default)).Outcome);
    }

    [Theory]
    [InlineData(RegisterMood.Down, "no-connection")]
    [InlineData(RegisterMood.Garbled, "answer-not-understood")]
    public async Task A_register_that_is_down_or_garbled_has_not_answered_and_the_others_have(RegisterMood mood, string fault)
    {
        _services.GetRequiredService<RegisterMoods>().Set("civil-acts", mood);
        var child = _people.Families[0].Child.Iin;
        var reply = await Get<ICivilActs>().ParentsOfAsync(child, default);
        Assert.Equal((RegisterOutcome.NotAnswered, fault), (reply.Outcome, reply.Inquiry.Fault));
        Assert.Equal(RegisterOutcome.Found, (await Get<IPersons>().FindAsync(child, default)).Outcome);
        _services.GetRequiredService<RegisterMoods>().Set("civil-acts", RegisterMood.Well);
        Assert.Equal(RegisterOutcome.Found, (await Get<ICivilActs>().ParentsOfAsync(child, default)).Outcome);
    }

    [Fact]
    public async Task A_register_that_is_slow_answers_late()
    {
        _services.GetRequiredService<RegisterMoods>().Set("civil-acts", RegisterMood.Slow);
        var asking = Get<ICivilActs>().ParentsOfAsync(_people.Families[0].Child.Iin, default);
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(asking.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var reply = await asking.WaitAsync(Limit);
        Assert.Equal(10_000, reply.Inquiry.AnsweredAt.UnixMilliseconds - reply.Inquiry.AskedAt.UnixMilliseconds);
        Assert.Equal(RegisterOutcome.Found, reply.Outcome);
    }

    [Fact]
    public async Task A_register_that_is_wrong_answers_about_another_family()
    {
        foreach (var register in RegisterMoods.Registers)
            _services.GetRequiredService<RegisterMoods>().Set(register, RegisterMood.Wrong);
        var child = _people.Families[0].Child.Iin;
        Assert.Equal([_people.Families[1].Mother.Iin, _people.Families[1].Father.Iin], (await Get<ICivilActs>().ParentsOfAsync(child, default)).Answer!.Parents);

        // One that names the wrong person has not answered the question.
        Assert.Equal((RegisterOutcome.NotAnswered, "answer-not-understood"), (await Get<IPersons>().FindAsync(child, default)) is var reply ? (reply.Outcome, reply.Inquiry.Fault) : default);
    }

    [Fact]
    public void Only_registers_that_there_are_have_moods() =>
        Assert.Throws<ArgumentException>(() => _services.GetRequiredService<RegisterMoods>().Set("weather", RegisterMood.Down));

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static List<InventedPerson> Everyone(InventedPeople people) => [.. people.Families.SelectMany(family => new[] { family.Mother, family.Father, family.Child })];

    private T Get<T>()
        where T : class => _services.GetRequiredService<T>();
}

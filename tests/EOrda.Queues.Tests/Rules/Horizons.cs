using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Recording;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;

namespace EOrda.Queues.Tests.Rules;

/// <summary>The localities promise others that no rules change before an instant, and note the queues that there are.</summary>
public sealed class Horizons
{
    private static readonly Moment Noon = new(1_780_000_000_000);
    private static readonly QueueKey Queue = new("almaty", Kind.General, "2022");
    private readonly Localities localities = new();
    private readonly List<LocalityEvent> happened = [];
    private ulong keys;

    public Horizons() => Do(new SetRules("almaty", new RulesDraft { TimeZone = "Asia/Almaty" }), Noon);

    [Fact]
    public void An_amendment_is_in_force_from_the_promised_instant_on_and_not_before()
    {
        localities.Promise(Noon.PlusMinutes(2), Noon.PlusMinutes(1), happened);
        Do(Amending(5), Noon.PlusMinutes(1));
        Do(Amending(6), Noon.PlusMinutes(3));
        Assert.Equal([Noon, Noon.PlusMinutes(2), Noon.PlusMinutes(3)], localities.RulesOf("almaty")!.Select(rules => rules.From));
    }

    [Fact]
    public void A_localitys_first_rules_and_its_kindergartens_need_not_wait()
    {
        localities.Promise(Noon.PlusMinutes(2), Noon, happened);
        Do(new SetRules("oral", new RulesDraft { TimeZone = "Asia/Oral" }), Noon.PlusMinutes(1));
        Do(new RegisterKindergarten("kg", "oral", Kind.General), Noon.PlusMinutes(1));
        Assert.Equal(Noon.PlusMinutes(1), Assert.Single(localities.RulesOf("oral")!).From);
        Assert.True(localities.Kindergartens.ContainsKey("kg"));
    }

    [Fact]
    public void A_promise_is_never_taken_back()
    {
        localities.Promise(Noon.PlusMinutes(2), Noon, happened);
        localities.Promise(Noon.PlusMinutes(1), Noon, happened);
        Assert.Equal(Noon.PlusMinutes(2), localities.Promised);
    }

    [Fact]
    public void The_changes_after_a_version_make_of_its_copy_this_one()
    {
        var copy = localities.Copy();
        var version = localities.Version;
        localities.Promise(Noon.PlusMinutes(1), Noon, happened);
        Assert.Equal(version, localities.Version);
        Do(new RegisterKindergarten("kg", "almaty", Kind.General), Noon);
        Do(Amending(5), Noon);
        localities.Note(Queue, Noon, happened);
        foreach (var change in localities.ChangesAfter(version))
        {
            copy.Apply(change.Event, change.At);
        }

        copy.Apply(new HorizonPromised(localities.Promised), Noon);
        Assert.Equal(Bytes(localities), Bytes(copy));
    }

    [Fact]
    public void The_events_make_the_state_again_and_so_does_its_snapshot()
    {
        localities.Promise(Noon.PlusMinutes(1), Noon, happened);
        Do(Amending(5), Noon);
        localities.Note(Queue, Noon, happened);
        var again = new Localities();
        foreach (var e in happened)
        {
            var writer = new ByteWriter();
            EventFormat.Write(writer, e);
            var reader = new ByteReader(writer.Written.Span);
            again.Apply(EventFormat.ReadLocalityEvent(ref reader), Noon);
        }

        Assert.Equal(Bytes(localities), Bytes(again));
        var snapshot = new ByteReader(Bytes(localities));
        var read = LocalitiesSnapshot.Read(ref snapshot);
        Assert.Equal(Bytes(localities), Bytes(read));
        Assert.True(read.Knows(Queue));
    }

    [Fact]
    public void A_queue_is_noted_once_and_a_clean_up_finds_it()
    {
        Assert.Empty(Found("almaty")!);
        Assert.True(localities.Note(Queue, Noon, happened));
        Assert.True(localities.Note(Queue, Noon, happened));
        Assert.Equal([Queue], Found("almaty")!);
        Assert.Null(Found("oral"));
    }

    [Fact]
    public void A_queue_of_a_locality_that_is_not_known_is_not_noted()
    {
        Assert.False(localities.Note(new QueueKey("oral", Kind.General, "2022"), Noon, happened));
        Assert.Empty(localities.Queues);
    }

    [Fact]
    public void Rules_of_journals_of_before_are_in_force_from_their_records_instant_on()
    {
        Assert.True(new RulesDraft { TimeZone = "Asia/Almaty" }.TryBuild(out var rules, out _));
        var writer = new ByteWriter();
        writer.Byte(1);
        writer.Text("oral");
        RulesFormat.Write(writer, rules);
        var reader = new ByteReader(writer.Written.Span);
        localities.Apply(EventFormat.ReadLocalityEvent(ref reader), Noon);
        Assert.Equal(Noon, localities.RulesOf("oral")![0].From);
    }

    private static AmendRules Amending(int minutes) => new("almaty", new RulesDraft { ReservationMinutes = minutes });

    private static byte[] Bytes(Localities localities)
    {
        var writer = new ByteWriter();
        LocalitiesSnapshot.Write(writer, localities);
        return writer.Written.ToArray();
    }

    private void Do(Command command, Moment at) =>
        Assert.Equal(new Answered(Answer.Done), localities.Take(new ChangeLocalities(new CommandKey(++keys), command), at, happened));

    private IReadOnlyList<QueueKey>? Found(string locality) =>
        Assert.IsType<QueuesFound>(localities.Take(new FindQueues(new CommandKey(++keys), locality), Noon, happened)).Queues;
}

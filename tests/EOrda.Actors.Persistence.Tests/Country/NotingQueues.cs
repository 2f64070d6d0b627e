using EOrda.Actors.Country;
using EOrda.Actors.Entities;
using EOrda.Actors.Hosting;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using Reply = EOrda.Queues.Steps.Reply;

namespace EOrda.Actors.Persistence.Tests.Country;

/// <summary>The localities know each queue before it has a record: a clean-up and the wake-up find all of them.</summary>
public sealed class NotingQueues : Town
{
    [Fact]
    public async Task A_queue_is_known_when_its_first_application_is_filed()
    {
        Assert.False(Node.Copy.Knows(Queue));
        await File("a");
        Assert.Equal([Queue], await Found());
        await Node.Eventually(() => Node.Copy.Knows(Queue));
        await Free("p");
        await File("b", Other);
        Assert.Equal([Queue, Other], await Found());
        Assert.IsType<CleanedUp>(await Node.Do(new CleanUp("almaty")));
    }

    [Fact]
    public async Task Nothing_is_recorded_of_questions_and_commands_to_a_queue_that_is_not_there()
    {
        Assert.Equal(0, (await Node.Query(Queue)).Waiting.General);
        Assert.Equal(Reason.UnknownApplication, Assert.IsType<Refusal>(await Node.Ask(Queue, new Withdraw("a"))).Reason);
        var decided = await Node.Ask(new DecideCommand(CountryNode.NextKey(), Queue, new Prolong("a")));
        Assert.Equal(Reason.UnknownApplication, Assert.IsType<Refusal>(Assert.IsType<Answered>(decided).Answer).Reason);
        Assert.Empty(await Found());
        Assert.Equal(0, Node.Stored(Queue).Queue.RulesAdopted);
        await ComeToRest();
        await File("a");
        Assert.Equal(1, (await Node.Query(Queue)).Waiting.General);
    }

    [Fact]
    public async Task A_question_before_the_first_filing_changes_nothing_about_it()
    {
        await Node.Query(Queue);
        Assert.Equal(Answer.Done, await Node.Do(new AmendRules("almaty", new RulesDraft { ReservationMinutes = 5 })));
        await Node.Pass(TimeSpan.FromSeconds(70));
        await Node.Query(Queue);
        await File("a");
        await Node.Crash(EntityNames.Of(Queue));
        Assert.Equal(1, (await Node.Query(Queue)).Waiting.General);
        Assert.Equal(5, Node.Stored(Queue).Queue.Rules.ReservationMinutes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_filing_waits_until_its_queue_is_noted_though_a_message_is_lost(bool request)
    {
        var losses = 0;
        Node.Line = message => message is NoteQueue note && losses++ == 0 ? Lose(note) : message;
        await File("a");
        Assert.Equal(2, losses);
        Assert.Equal([Queue], await Found());

        ToEntity? Lose(NoteQueue note) => request ? null : WithoutReply(note);
    }

    [Fact]
    public async Task A_crash_between_the_noting_and_the_first_record_loses_nothing()
    {
        Node.Line = message => message is NoteQueue note ? WithoutReply(note) : message;
        var filing = new FileApplication(CountryNode.NextKey(), Queue, Filing("a"), OtherIsActive: false);
        var first = Node.Ask(filing);
        await Node.Eventually(() => Node.Copy.Knows(Queue));
        await Node.Crash(EntityNames.Of(Queue));
        await Assert.ThrowsAsync<NotRecordedException>(() => first);
        Assert.Equal(0, Node.Stored(Queue).Queue.RulesAdopted);
        await StartAnew();
        await Node.Pass(TimeSpan.FromSeconds(30));
        Assert.IsType<ApplicationFiled>(await Node.Ask(filing));
        Assert.Equal([Queue], await Found());
        Assert.Equal(1, Node.Stored(Queue).Queue.ApplicationCount);
    }

    [Fact]
    public async Task As_many_filings_wait_as_may_and_further_ones_are_refused_at_once()
    {
        await StartAnew(new ActorsBounds { HeldRequests = 2 });
        Node.Line = message => message is NoteQueue ? null : message;
        var waiting = new[] { "a", "b" }.Select(application => Node.Ask(FilingStep(application))).ToList();
        await Assert.ThrowsAsync<BusyException>(() => Node.Ask(FilingStep("c")));
        Node.Line = message => message;
        Assert.All(await Task.WhenAll(waiting), reply => Assert.IsType<ApplicationFiled>(reply));
    }

    private static FileApplication FilingStep(string application) => new(CountryNode.NextKey(), Queue, Filing(application), OtherIsActive: false);

    private static NoteQueue WithoutReply(NoteQueue note) => note with { Request = note.Request with { ReplyTo = Akka.Actor.ActorRefs.Nobody } };

    private async Task<IReadOnlyList<QueueKey>> Found() => Assert.IsType<QueuesFound>(await Node.Ask(new FindQueues(CountryNode.NextKey(), "almaty"))).Queues!;
}

using EOrda.Actors.Country;
using EOrda.Actors.Entities;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;

namespace EOrda.Actors.Persistence.Tests.Country;

/// <summary>A node decides by its copy of the localities, and only before the horizon that it was told.</summary>
public sealed class Horizons : Town
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_amendment_never_takes_effect_before_a_horizon_that_was_told(bool moved)
    {
        await Node.Pass(TimeSpan.FromSeconds(30));
        var told = Node.Copy.Latest.Until;
        Assert.True(told > Clock.Now);
        if (moved)
        {
            await Node.Crash(EntityNames.Localities);
        }

        Assert.Equal(Answer.Done, await Node.Do(Amending(5)));
        await Node.Refresh();
        var amended = Node.Copy.Directory.Localities["almaty"][^1];
        Assert.Equal(5, amended.Rules.ReservationMinutes);
        Assert.True(amended.From >= told);
        Assert.True(amended.From <= Clock.Now.PlusMinutes(1));
    }

    [Fact]
    public async Task A_queue_goes_by_the_rules_of_before_until_the_amendment_takes_effect()
    {
        await OpenOnTuesday();
        await File("b");
        Assert.Equal(Answer.Done, await Node.Do(Amending(5)));
        var reserved = Assert.IsType<PlacesReserved>(await Node.Ask(Queue, new Reserve("a", "p", null)));
        Assert.Equal(Node.Stored(Queue).At.PlusMinutes(10), reserved.Until);
        await Node.Pass(TimeSpan.FromSeconds(70));
        await Node.Query(Queue);
        Assert.Equal(5, Node.Stored(Queue).Queue.Rules.ReservationMinutes);
    }

    [Fact]
    public async Task A_queue_without_a_horizon_says_busy_and_goes_on_when_there_is_one()
    {
        await OpenOnTuesday();
        Node.Line = message => message is AskHorizon ? null : message;
        await Node.Pass(TimeSpan.FromSeconds(70));
        Assert.False(Node.Copy.HasHorizon(Clock.Now));
        await Assert.ThrowsAsync<BusyException>(() => Node.Ask(Queue, new Prolong("a")));
        Node.Line = message => message;
        await Node.Pass(TimeSpan.FromSeconds(5));
        Assert.IsType<ValidUntil>(await Node.Ask(Queue, new Prolong("a")));
    }

    [Fact]
    public async Task Of_two_instances_of_the_localities_only_the_one_that_can_write_promises()
    {
        // The second node's localities know the journal as it is now; then the first goes on.
        await using var second = await CountryNode.Start(Database, Clock);
        await Node.Crash(EntityNames.Localities);
        await Node.Pass(TimeSpan.FromSeconds(30));
        await second.Pass(TimeSpan.FromSeconds(30));
        for (var round = 0; round < 3; round++)
        {
            foreach (var (promises, amends) in new[] { (Node, second), (second, Node) })
            {
                await promises.Eventually(() => promises.Copy.Latest.Until > Clock.Now.Plus(TimeSpan.FromSeconds(58)));
                var told = promises.Copy.Latest.Until;

                // What it knows is old, so the first attempt fails; then it has read what the other promised.
                Assert.Equal(Answer.Done, await AtLast(() => amends.Do(Amending(11 + round))));
                await amends.Pass(TimeSpan.FromSeconds(2));
                await amends.Refresh();
                Assert.True(amends.Copy.Directory.Localities["almaty"][^1].From >= told);
            }
        }
    }

    [Fact]
    public async Task An_instance_that_is_no_longer_the_one_does_not_say_that_a_locality_is_unknown()
    {
        await using var second = await CountryNode.Start(Database, Clock);
        var look = new FindLocality(CountryNode.NextKey(), "oral");
        Assert.Equal(new LocalityFound(IsKnown: false), await AtLast(() => second.Ask(look)));
        Assert.Equal(Answer.Done, await AtLast(() => Node.Do(new SetRules("oral", new RulesDraft { TimeZone = "Asia/Oral" }))));
        Assert.Equal(new LocalityFound(IsKnown: true), await AtLast(() => second.Ask(look)));
    }

    [Fact]
    public async Task Kindergartens_and_localities_are_known_to_the_node_without_being_asked_for()
    {
        Assert.Equal(Answer.Done, await Node.Do(new SetRules("oral", new RulesDraft { TimeZone = "Asia/Oral" })));
        Assert.Equal(Answer.Done, await Node.Do(new RegisterKindergarten("oral-kg", "oral", Kind.General)));
        await Node.Eventually(() => Node.Copy.IsKindergarten("oral-kg"));
        Assert.NotNull(Node.Copy.RulesOf("oral", Clock.Now));
    }

    [Theory]
    [InlineData("new", Reason.NoPlace)]
    [InlineData("none", Reason.UnknownKindergarten)]
    public async Task That_a_kindergarten_is_unknown_is_told_only_when_the_localities_say_so(string kindergarten, Reason reason)
    {
        await OpenOnTuesday();
        Node.Line = message => message is AskHorizon ? null : message;
        Assert.Equal(Answer.Done, await Node.Do(new RegisterKindergarten("new", "almaty", Kind.General)));
        Assert.False(Node.Copy.IsKindergarten("new"));
        Node.Line = message => message;
        Assert.Equal(reason, Assert.IsType<Refusal>(await Node.Ask(Queue, new Reserve("a", null, kindergarten))).Reason);
    }

    [Fact]
    public async Task While_the_localities_do_not_answer_no_kindergarten_is_called_unknown()
    {
        await OpenOnTuesday();
        Node.Line = message => message is AskHorizon ? null : message;
        await Assert.ThrowsAsync<BusyException>(() => Node.Ask(Queue, new Reserve("a", null, "none")));
        await Assert.ThrowsAsync<BusyException>(Node.Refresh);
    }

    [Fact]
    public async Task What_is_known_though_it_is_much_is_in_a_snapshot_and_comes_to_a_node_that_starts()
    {
        for (var i = 0; i < 1_100; i++)
        {
            await Node.Ask(new ChangeLocalities(CountryNode.NextKey(), new RegisterKindergarten($"kg{i}", "almaty", Kind.General)));
        }

        using var connection = Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM snapshot WHERE persistence_id = 'localities'";
        await Node.Eventually(() => (long)command.ExecuteScalar()! == 1);
        await StartAnew();
        await Node.Eventually(() => Node.Copy.Directory.Kindergartens.Count == 1_101);
    }

    private static AmendRules Amending(int minutes) => new("almaty", new RulesDraft { ReservationMinutes = minutes });

    // An instance whose journal another has gone on with fails once, and has read it then.
    private static async Task<T> AtLast<T>(Func<Task<T>> attempt)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                return await attempt();
            }
            catch (Exception fault) when (fault is NotRecordedException or OutcomeUnknownException or BusyException && failures < 5)
            {
                // The other instance wrote first: this one starts anew.
            }
        }
    }
}

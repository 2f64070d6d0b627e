using EOrda.Actors.Country;
using EOrda.Actors.Entities;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Places;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Actors.Persistence.Tests.Country;

/// <summary>What is due in a queue takes effect in the journal within a minute of its instant, whether the queue is in memory or at rest.</summary>
public sealed class Resting : Town
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_queue_in_memory_settles_what_is_due_at_its_instant_by_itself()
    {
        await OpenOnTuesday();
        Assert.IsType<PlacesReserved>(await Node.Ask(Queue, new Reserve("a", "p", null)));
        Node.Line = message => message is WakeQueue ? null : message;
        await Node.Jump(Local(2, 7, 50, 1));
        await Node.Eventually(() => Stored("p") == PlaceState.Returning);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reservation_lapses_though_its_queue_is_at_rest(bool restarted)
    {
        await OpenOnTuesday();
        Assert.IsType<PlacesReserved>(await Node.Ask(Queue, new Reserve("a", "p", null)));
        var lapse = Node.Stored(Queue).At.PlusMinutes(10);
        await ComeToRest();
        if (restarted)
        {
            await StartAnew();
        }

        await PassUntilAMinuteAfter(lapse);
        await Node.Eventually(() => Stored("p") == PlaceState.Returning);
        Assert.Equal(lapse, Node.Stored(Queue).At);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_referral_expires_though_its_queue_is_at_rest(bool restarted)
    {
        await OpenOnTuesday();
        Assert.IsType<PlacesReserved>(await Node.Ask(Queue, new Reserve("a", "p", null)));
        var until = Assert.Single(Assert.IsType<ReferralsGiven>(await Node.Ask(Queue, new Confirm("a"))).Referrals).ValidUntil;
        await ComeToRest();
        await Node.Jump(until.PlusMinutes(-1));
        if (restarted)
        {
            await StartAnew();
        }

        await Node.Pass(2 * Minute);
        await Node.Eventually(() => Stored("p") == PlaceState.Returning);
        Assert.Equal(until, Node.Stored(Queue).At);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Places_are_locked_and_released_at_their_times_though_their_queue_is_at_rest(bool restarted)
    {
        await File("a");
        await Free("p");
        await ComeToRest();
        await Node.Jump(Local(1, 17, 59));
        await Node.Pass(2 * Minute);
        await Node.Eventually(() => Stored("p") == PlaceState.Locked);
        Assert.Equal(Local(1, 18, 0), Node.Stored(Queue).At);
        await ComeToRest();
        await Node.Jump(Local(2, 6, 53));
        if (restarted)
        {
            await StartAnew();
        }

        await Node.Pass(2 * Minute);
        Assert.True(await Node.IsInMemory(Queue));
        await Node.Pass(6 * Minute);
        await Node.Eventually(() => Stored("p") == PlaceState.Available);
        Assert.Equal(Local(2, 7, 0), Node.Stored(Queue).At);
    }

    [Fact]
    public async Task A_queue_with_places_is_in_memory_five_minutes_before_the_release_and_half_an_hour_after_it()
    {
        await OpenOnTuesday();
        await File("b", Other);
        await ComeToRest();

        // What is due next comes at 07:00 on Friday, when priority access has long been over on Thursday.
        await Node.Jump(Local(10, 6, 45));
        await ComeToRest();
        await PassUntilAMinuteAfter(Local(10, 6, 54));
        Assert.True(await Node.IsInMemory(Queue));
        await PassUntilAMinuteAfter(Local(10, 6, 57));
        Assert.True(await Node.IsInMemory(Queue));
        Assert.False(await Node.IsInMemory(Other));
        await Node.Jump(Local(10, 7, 29));
        Assert.True(await Node.IsInMemory(Queue));
        await ComeToRest();
    }

    [Fact]
    public async Task What_a_queue_told_before_it_was_used_again_is_not_believed_when_it_comes_late()
    {
        await OpenOnTuesday();
        ToEntity? late = null;
        Node.Line = message => message is QueueResting ? Keep(message) : message;
        while (late is null)
        {
            Assert.True(Clock.Now < Local(2, 8, 0));
            await Node.Pass(TimeSpan.FromSeconds(1));
        }

        Node.Line = message => message;
        Assert.IsType<PlacesReserved>(await Node.Ask(Queue, new Reserve("a", "p", null)));
        var lapse = Node.Stored(Queue).At.PlusMinutes(10);
        await Node.Pass(TimeSpan.FromSeconds(1));
        Node.Tell(late);
        await Node.Pass(TimeSpan.FromSeconds(1));
        await Node.Crash(EntityNames.Of(Queue));
        await PassUntilAMinuteAfter(lapse);
        await Node.Eventually(() => Stored("p") == PlaceState.Returning);
        Assert.Equal(lapse, Node.Stored(Queue).At);

        ToEntity? Keep(ToEntity message)
        {
            late = message;
            return null;
        }
    }

    [Fact]
    public async Task A_queue_that_is_watched_does_not_rest_and_adopts_amended_rules_at_their_instant()
    {
        await OpenOnTuesday();
        for (var seconds = 0; seconds < 90; seconds += 5)
        {
            Node.Watch(Queue);
            await Node.Pass(TimeSpan.FromSeconds(5));
        }

        Assert.True(await Node.IsInMemory(Queue));
        Assert.Equal(Answer.Done, await Node.Do(new AmendRules("almaty", new RulesDraft { ReservationMinutes = 5 })));
        await Node.Refresh();
        var from = Node.Copy.Directory.Localities["almaty"][^1].From;
        while (Clock.Now.Plus(TimeSpan.FromSeconds(1)) < from)
        {
            Node.Watch(Queue);
            await Node.Pass(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(10, Node.Stored(Queue).Queue.Rules.ReservationMinutes);
        Node.Line = message => message is WakeQueue ? null : message;
        await Node.Pass(TimeSpan.FromSeconds(2));
        await Node.Eventually(() => Node.Stored(Queue).Queue.Rules.ReservationMinutes == 5);
        Assert.Equal(from, Node.Stored(Queue).At);
        Node.Line = message => message;
        await ComeToRest();
    }

    [Theory]
    [InlineData(nameof(QueueAwake))]
    [InlineData(nameof(QueueResting))]
    [InlineData(nameof(WakeQueue))]
    [InlineData(nameof(RestNoted))]
    public async Task No_due_is_missed_when_one_message_is_lost(string lost)
    {
        await OpenOnTuesday();
        var losses = 0;
        Node.Line = message => message switch
        {
            QueueResting resting when lost == nameof(RestNoted) && losses++ == 0 => resting with { Request = resting.Request with { ReplyTo = Akka.Actor.ActorRefs.Nobody } },
            _ when message.GetType().Name == lost && losses++ == 0 => null,
            _ => message,
        };
        await ComeToRest();
        Assert.IsType<PlacesReserved>(await Node.Ask(Queue, new Reserve("a", "p", null)));
        var lapse = Node.Stored(Queue).At.PlusMinutes(10);
        await ComeToRest();
        losses = Math.Min(losses, lost == nameof(WakeQueue) ? 0 : losses);
        await PassUntilAMinuteAfter(lapse);
        await Node.Eventually(() => Stored("p") == PlaceState.Returning);
        Assert.Equal(lapse, Node.Stored(Queue).At);
        Assert.True(losses > 0);
    }

    [Fact]
    public async Task A_queue_whose_actor_died_just_after_it_was_woken_is_woken_again()
    {
        await OpenOnTuesday();
        await ComeToRest();
        Assert.IsType<PlacesReserved>(await Node.Ask(Queue, new Reserve("a", "p", null)));
        var lapse = Node.Stored(Queue).At.PlusMinutes(10);
        await Node.Pass(TimeSpan.FromSeconds(1));
        await Node.Crash(EntityNames.Of(Queue));
        await PassUntilAMinuteAfter(lapse);
        await Node.Eventually(() => Stored("p") == PlaceState.Returning);
        Assert.Equal(lapse, Node.Stored(Queue).At);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(8)]
    public async Task A_clock_set_forward_brings_nearer_what_is_due(int minutes)
    {
        await OpenOnTuesday();
        Assert.IsType<PlacesReserved>(await Node.Ask(Queue, new Reserve("a", "p", null)));
        Node.Line = message => message is WakeQueue ? null : message;
        Clock.Step(minutes * Minute);
        await Node.Pass((10 - Math.Min(minutes, 10)) * Minute + TimeSpan.FromSeconds(3));
        await Node.Eventually(() => Stored("p") == PlaceState.Returning);
    }

    [Fact]
    public async Task A_clock_set_back_stops_no_queue()
    {
        await OpenOnTuesday();
        await Node.Query(Queue);
        Clock.Step(-30 * Minute);
        await Node.Query(Queue);
        Assert.IsType<ValidUntil>(await Node.Ask(Queue, new Prolong("a")));
        await Node.Pass(TimeSpan.FromSeconds(10));
        Assert.True(await Node.IsInMemory(Queue));
    }

    [Fact]
    public async Task A_queue_that_took_many_records_saves_a_snapshot_before_it_rests()
    {
        await StartAnew(new Hosting.ActorsBounds { IdleBeforePassivation = TimeSpan.FromSeconds(30), RecordsBeforeRest = 3 });
        await OpenOnTuesday();
        await ComeToRest();
        using var connection = Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM snapshot WHERE persistence_id = '{EntityNames.Of(Queue)}'";
        Assert.Equal(1L, command.ExecuteScalar());
        Assert.Equal(1, (await Node.Query(Queue)).Waiting.General);
    }

    private Task PassUntilAMinuteAfter(Moment at) => Node.Pass(TimeSpan.FromMilliseconds(at.UnixMilliseconds - Clock.Now.UnixMilliseconds) + Minute);
}

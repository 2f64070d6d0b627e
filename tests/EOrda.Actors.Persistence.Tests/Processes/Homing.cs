using EOrda.Actors.Entities;
using EOrda.Actors.Hosting;
using EOrda.Actors.Processes;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Actors.Persistence.Tests.Processes;

/// <summary>Commands over several entities are decided once, and answered the same whoever asks again.</summary>
public sealed class Homing
{
    [Fact]
    public async Task A_command_asked_again_gets_its_first_answer_also_after_a_restart()
    {
        await using var node = await CountryNode.StartWithTown();
        var (key, filing) = (node.NextKey(), Scenes.Filing("a", CountryNode.Older));
        var first = Answering.TextOf(await node.Ask(filing, key));
        await node.Do(Scenes.Filing("b", CountryNode.Older) with { Category = Category.OutOfTurn });
        Assert.Equal(first, Answering.TextOf(await node.Ask(filing, key)));
        await node.Restart();
        Assert.Equal(first, Answering.TextOf(await node.Ask(filing, key)));
        Assert.Equal(2, node.Stored.Queue(CountryNode.Older).ApplicationCount);
    }

    [Fact]
    public async Task A_key_that_was_used_with_another_command_is_refused_by_whichever_home()
    {
        await using var node = await CountryNode.StartWithTown();
        var key = node.NextKey();
        await node.Ask(Scenes.Filing("a", CountryNode.Older), key);
        await Assert.ThrowsAsync<KeyReusedException>(() => node.AskOnce(Scenes.Filing("a", CountryNode.Younger), key));

        // Another application has another home, but the same child's register took the step.
        await Assert.ThrowsAsync<KeyReusedException>(() => node.AskOnce(Scenes.Filing("b", CountryNode.Older, child: "child of a"), key));
        Assert.Single(node.Stored.Queues);
        await node.Settle();
    }

    [Fact]
    public async Task Those_who_ask_with_the_key_of_a_command_that_runs_hear_its_answer()
    {
        await using var node = await CountryNode.StartWithTown();
        var (key, filing) = (node.NextKey(), Scenes.Filing("a", CountryNode.Older));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => node.Ask(filing, key)));
        Assert.Single(answers.Select(Answering.TextOf).Distinct());
        Assert.IsType<Standing>(answers[0]);
        Assert.Equal(1, node.Stored.Queue(CountryNode.Older).ApplicationCount);
    }

    [Fact]
    public async Task A_command_whose_queue_the_caller_does_not_name_is_kept_by_its_queue_too()
    {
        await using var node = await CountryNode.StartWithTown();
        await Scenes.Open(node, "a");
        var (key, reserve) = (node.NextKey(), new Reserve("a", "a-p", null));
        var first = await node.Ask(reserve, key);
        Assert.IsType<PlacesReserved>(first);
        Assert.Equal(Answering.TextOf(first), Answering.TextOf(await node.Ask(reserve, key, Scenes.KeyOf(CountryNode.Older))));
    }

    [Fact]
    public async Task What_is_known_nowhere_is_refused_and_not_kept()
    {
        await using var node = await CountryNode.StartWithTown();
        await node.Do(Scenes.Filing("a", CountryNode.Older), Scenes.Filing("twin", CountryNode.Older, parent: "parent of a"));
        var queue = Scenes.KeyOf(CountryNode.Older);
        var kept = node.Stored.KeptBy(EntityNames.Of(queue));
        foreach (var command in new Command[] { new Withdraw("nobody"), new Enrol("nobody"), new Confirm("nobody"), new Reserve("nobody", "nowhere", null), new RevokePlace("nowhere") })
        {
            var unknown = Refusal.For(command is RevokePlace ? Reason.UnknownPlace : Reason.UnknownApplication);
            Assert.Equal(unknown, await node.Ask(command));
            Assert.Equal(unknown, await node.Ask(command, queue));
        }

        // Siblings must be of the queue that was asked.
        var home = EntityNames.OfRegisterFor("a");
        var keptAtHome = node.Stored.KeptBy(home);
        Assert.Equal(Refusal.For(Reason.UnknownApplication), await node.Ask(new ReserveBatch(["a", "twin"], "kg"), Scenes.KeyOf(CountryNode.Younger)));
        Assert.Equal(kept, node.Stored.KeptBy(EntityNames.Of(queue)));
        Assert.Equal(keptAtHome, node.Stored.KeptBy(home));
    }

    [Fact]
    public async Task An_application_that_asks_without_end_is_busy_alone()
    {
        await using var node = await CountryNode.StartWithTown(new ActorsBounds { KeysOfApplication = 5 });
        await node.Do(Scenes.Filing("a", CountryNode.Older), Scenes.Filing("b", CountryNode.Older));
        var queue = Scenes.KeyOf(CountryNode.Older);
        for (var i = 0; i < 5; i++)
        {
            await node.Do(new Prolong("a"));
        }

        var busy = await Assert.ThrowsAsync<BusyException>(() => node.AskOnce(new Prolong("a"), node.NextKey(), queue));
        Assert.InRange(busy.RetryAfter, TimeSpan.FromHours(1), TimeSpan.FromHours(24));
        await node.Do(new Prolong("b"));
        await node.Restart();
        await Assert.ThrowsAsync<BusyException>(() => node.AskOnce(new Prolong("a"), node.NextKey(), queue));

        // What was asked before is answered, and the next date begins anew.
        node.Pass(busy.RetryAfter);
        await node.Do(new Prolong("a"));
    }

    [Fact]
    public async Task Siblings_who_ask_without_end_are_busy_alone()
    {
        await using var node = await CountryNode.StartWithTown(new ActorsBounds { KeysOfApplication = 3 });
        await node.Do(Scenes.Filing("a", CountryNode.Older));
        await node.Ask(new ReserveBatch(["a"], "kg"));
        await node.Ask(new ReserveBatch(["a"], "kg"));

        await Assert.ThrowsAsync<BusyException>(() => node.AskOnce(new ReserveBatch(["a"], "kg"), node.NextKey()));
    }

    [Fact]
    public async Task A_step_asked_again_gets_its_first_reply_and_a_look_is_not_kept()
    {
        await using var node = await CountryNode.StartWithTown();
        var (key, queue) = (node.NextKey(), Scenes.KeyOf(CountryNode.Older));
        await node.Do(Scenes.Filing("a", CountryNode.Older));
        var kept = node.Stored.KeptBy(EntityNames.OfRegisterFor("a"));
        Assert.Equal(new QueueFound(queue), await node.Take(new FindApplication(key, "a")));
        Assert.Equal(kept, node.Stored.KeptBy(EntityNames.OfRegisterFor("a")));
        Assert.Equal(new Activity(IsActive: true), await node.Take(new TellWhetherActive(key, queue, 0)));
        await node.Do(new Withdraw("a"));
        await node.Restart();
        Assert.Equal(new Activity(IsActive: true), await node.Take(new TellWhetherActive(key, queue, 0)));
        Assert.Equal(new Activity(IsActive: false), await node.Take(new TellWhetherActive(node.NextKey(), queue, 0)));
        await Assert.ThrowsAsync<KeyReusedException>(() => node.Take(new TellWhetherActive(key, queue, 1)));
    }

    [Fact]
    public async Task Who_waits_for_another_process_too_long_hears_busy_while_nothing_was_decided_and_else_that_the_outcome_is_unknown()
    {
        await using var node = await CountryNode.StartWithTown(new ActorsBounds { ProcessTime = TimeSpan.FromSeconds(0.3) });
        var (key, other) = (node.NextKey(), Scenes.Filing("b", CountryNode.Older, child: "child of a"));

        // A filing of the child has begun, and its next step never arrives: nobody ends it.
        node.Fates = message => message is AskStep { Step: ClaimApplication { Application: "a" } } ? Fate.IsLost : Fate.Arrives;
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => node.AskOnce(Scenes.Filing("a", CountryNode.Older), key));
        await Assert.ThrowsAsync<BusyException>(() => node.AskOnce(other, node.NextKey()));
        node.Fates = null;
        await node.Settle();
        Assert.Equal(Refusal.For(Reason.AlreadyQueued), await node.Ask(other));
        Assert.IsType<Standing>(await node.Ask(Scenes.Filing("a", CountryNode.Older), key));
    }

    [Fact]
    public async Task No_more_processes_run_than_may()
    {
        await using var node = await CountryNode.StartWithTown(new ActorsBounds { Processes = 1 });
        node.Fates = message => message is AskStep { Step: ClaimApplication } ? Fate.IsLost : Fate.Arrives;
        var first = node.AskOnce(Scenes.Filing("a", CountryNode.Older), node.NextKey());
        await node.Until(stored => stored.Registers.Any(register => register.UnderWay.Any()));

        await Assert.ThrowsAsync<BusyException>(() => node.AskOnce(Scenes.Filing("b", CountryNode.Older), node.NextKey()));
        node.Fates = null;
        Assert.IsType<Standing>(await first);
    }
}

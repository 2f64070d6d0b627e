using EOrda.Actors.Processes;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Places;
using EOrda.Queues.Rules;
using EOrda.Queues.Twins;

namespace EOrda.Actors.Persistence.Tests.Processes;

/// <summary>Batches whose members wait in several queues (rules, section 9; 000: 15-25): both or neither, at every end.</summary>
public sealed class BatchesAcross
{
    private static readonly TimeSpan PastTheEnd = TimeSpan.FromMinutes(11);

    [Fact]
    public async Task At_its_end_a_batch_lapses_in_every_queue()
    {
        await using var node = await CountryNode.StartWithTown();
        await Scenes.Held(node, "x");
        node.Pass(PastTheEnd);
        await node.Settle();
        Assert.Equal("a Waiting None \np Returning\nb Waiting None \nq Returning", node.Stored.Outcome("x"));
        Assert.Equal(Refusal.For(Reason.LapseLimit), await node.Ask(new Reserve("xa", null, "kg")));
        Assert.Equal(Refusal.For(Reason.LapseLimit), await node.Ask(new Reserve("xb", null, "kg")));
    }

    [Fact]
    public async Task A_half_whose_leader_died_before_all_were_there_is_undone_at_the_end_and_leaves_no_trace()
    {
        await using var node = await CountryNode.StartWithTown();
        await Scenes.Twins(node, "x");
        var key = node.NextKey();
        node.Fates = message => message is AskStep { Step: HoldTwins } ? Fate.IsLost : Fate.Arrives;
        var asked = node.AskOnce(Scenes.Together("x"), key);
        await node.Until(stored => stored.Queues.Count(queue => queue.IsInBatchAcross("xa") || queue.IsInBatchAcross("xb")) == 2);

        await node.Crash();
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => asked);
        node.Pass(PastTheEnd);
        await node.Settle();
        Assert.All(node.Stored.Queues, queue => Assert.False(queue.HasProcesses));
        Assert.Equal(Refusal.For(Reason.NoPlace), await node.Ask(Scenes.Together("x"), key));

        // No lapse counts, and the place can be taken at once.
        var reserved = Assert.IsType<PlacesReserved>(await node.Ask(new Reserve("xb", null, Scenes.KindergartenOf("x"))));
        Assert.Equal(["xq"], reserved.Places);
    }

    [Fact]
    public async Task While_a_half_is_open_a_refusal_that_could_depend_on_it_is_busy_and_not_kept()
    {
        await using var node = await CountryNode.StartWithTown();
        await node.Do(Scenes.Filing("z", CountryNode.Younger));
        await Scenes.Twins(node, "x");
        node.Fates = message => message is AskStep { Step: HoldTwins or UndoTwins } ? Fate.IsLost : Fate.Arrives;
        var asked = node.AskOnce(Scenes.Together("x"), node.NextKey());
        await node.Until(stored => stored.Queue(CountryNode.Younger).IsInBatchAcross("xb"));

        var (key, reserve) = (node.NextKey(), new Reserve("z", "xq", null));
        await Assert.ThrowsAsync<BusyException>(() => node.AskOnce(reserve, key, Scenes.KeyOf(CountryNode.Younger)));
        node.Fates = null;
        Assert.IsType<PlacesReserved>(await asked);
        Assert.Equal(Refusal.For(Reason.PlaceTaken), await node.Ask(reserve, key, Scenes.KeyOf(CountryNode.Younger)));
    }

    [Fact]
    public async Task A_place_that_is_revoked_leaves_the_other_twin_its_own()
    {
        await using var node = await CountryNode.StartWithTown();
        await Scenes.Held(node, "x");
        await node.Do(new RevokePlace("xq"));
        var given = Assert.IsType<ReferralsGiven>(await node.Ask(new Confirm("xa")));
        Assert.Equal(["xa"], given.Referrals.Select(referral => referral.Application));
        await node.Settle();
        Assert.Equal(Status.Referred, node.Stored.Queue(CountryNode.Older).Find("xa")!.Status);
        Assert.Equal(Status.Waiting, node.Stored.Queue(CountryNode.Younger).Find("xb")!.Status);
    }

    [Fact]
    public async Task A_clean_up_goes_through_all_queues_of_the_locality()
    {
        await using var node = await CountryNode.StartWithTown();
        await node.Do(Scenes.Filing("a", CountryNode.Older), Scenes.Filing("b", CountryNode.Younger), Scenes.Filing("c", "almaty/general/2023"));
        node.Pass(TimeSpan.FromDays(300));
        await node.Do(new Prolong("b"));
        node.Pass(TimeSpan.FromDays(100));
        var key = node.NextKey();
        var cleaned = Assert.IsType<CleanedUp>(await node.Ask(new CleanUp("almaty"), key));
        Assert.Equal(["a", "c"], cleaned.StopListed.Order(StringComparer.Ordinal));
        await node.Restart();
        Assert.Equal(Answering.TextOf(cleaned), Answering.TextOf(await node.Ask(new CleanUp("almaty"), key)));
        Assert.Empty(Assert.IsType<CleanedUp>(await node.Ask(new CleanUp("almaty"))).StopListed);
        Assert.Equal(Refusal.For(Reason.UnknownLocality), await node.Ask(new CleanUp("nowhere")));
    }
}

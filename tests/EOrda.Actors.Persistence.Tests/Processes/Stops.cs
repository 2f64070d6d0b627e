using EOrda.Actors.Processes;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Rules;

namespace EOrda.Actors.Persistence.Tests.Processes;

/// <summary>Entities and nodes that stop at any step of a process: in the end the state is right, nothing is doubled, and the answer is the one there would have been.</summary>
public sealed class Stops
{
    public static TheoryData<string> Names => [.. Scenes.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_entity_that_stops_at_any_step_changes_nothing(string scene)
    {
        await using var node = await CountryNode.StartWithTown();
        var (steps, answer, outcome) = await Undisturbed(node, scene);
        foreach (var fate in new[] { Fate.FindsItStopped, Fate.StopsIt })
        {
            for (var at = 0; at < steps; at++)
            {
                var family = $"{fate}{at}.";
                var command = await Scenes.All[scene](node, family);
                var left = at;
                node.Fates = message => IsOfProcess(message) && left-- == 0 ? fate : Fate.Arrives;
                var told = await node.Ask(command, node.NextKey());
                await End(node, family, outcome);
                Assert.Equal(answer, Told(told, family));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_node_that_dies_at_any_step_leaves_a_process_that_is_ended_and_answered_the_same(string scene)
    {
        await using var node = await CountryNode.StartWithTown();
        var (steps, answer, outcome) = await Undisturbed(node, scene);
        for (var at = 0; at < steps; at++)
        {
            foreach (var isAskedAtOnce in new[] { true, false })
            {
                var family = $"{at}{isAskedAtOnce}.";
                var command = await Scenes.All[scene](node, family);
                var key = node.NextKey();
                await DieAt(node, at, command, key);
                if (!isAskedAtOnce)
                {
                    await node.Settle();
                    node.Stored.CheckPromises();
                }

                var told = await node.Ask(command, key);
                await End(node, family, outcome);
                Assert.Equal(answer, Told(told, family));
            }
        }
    }

    // Not one by which a test looks whether an entity is there.
    private static bool IsOfProcess(ToEntity message) => message is AskStep ask && ask.Step.Key != default;

    // The steps that are asked, and what comes of it.
    private static async Task<(int Steps, string Answer, string Outcome)> Undisturbed(CountryNode node, string scene)
    {
        var command = await Scenes.All[scene](node, "undisturbed.");
        var steps = 0;
        node.Fates = message =>
        {
            steps += IsOfProcess(message) ? 1 : 0;
            return Fate.Arrives;
        };
        var answer = Told(await node.Ask(command), "undisturbed.");
        await node.Settle();
        node.Fates = null;
        return (steps, answer, node.Stored.Outcome("undisturbed."));
    }

    // From a step on nothing arrives any more, and all memory is lost.
    private static async Task DieAt(CountryNode node, int at, Command command, CommandKey key)
    {
        var dead = new TaskCompletionSource();
        var left = at;
        node.Fates = message =>
        {
            if (!IsOfProcess(message) || Interlocked.Decrement(ref left) >= 0)
            {
                return Fate.Arrives;
            }

            dead.TrySetResult();
            return Fate.IsLost;
        };
        var asked = node.AskOnce(command, key);
        await dead.Task.WaitAsync(CountryNode.Patience);
        await node.Crash();
        try
        {
            await asked;
        }
        catch (OutcomeUnknownException)
        {
            // Whoever waits hears it when the home stops.
        }
    }

    private static async Task End(CountryNode node, string family, string outcome)
    {
        node.Fates = null;
        await node.Settle();
        var stored = node.Stored;
        stored.CheckPromises();
        Assert.Equal(outcome, stored.Outcome(family));
    }

    // What does not depend on the family's name and day.
    private static string Told(Answer answer, string family)
    {
        var told = answer switch
        {
            Refusal refusal => $"{refusal.Reason}",
            PlacesReserved reserved => string.Join(' ', reserved.Places),
            ReferralsGiven given => string.Join(' ', given.Referrals.Select(referral => referral.Application)),
            Standing standing => $"{standing.Status}",
            ChildEnrolled enrolled => $"{enrolled.Left}",
            PlaceFreed freed => $"{freed.Queue}",
            _ => "",
        };
        return $"{answer.GetType().Name} {told.Replace(family, "", StringComparison.Ordinal)}";
    }
}

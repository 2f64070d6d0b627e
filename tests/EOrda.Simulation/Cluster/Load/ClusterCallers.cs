using EOrda.Actors;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Simulation.Checks;
using EOrda.Simulation.Cluster.Nodes;
using EOrda.Simulation.Cluster.Worlds;
using EOrda.Simulation.Load;
using EOrda.Simulation.Worlds;

namespace EOrda.Simulation.Cluster.Load;

/// <summary>
/// All callers: they ask any of the nodes, time out and ask again with the same key, go away, and keep books of what they were told, against which each answer is checked.
/// </summary>
internal sealed class ClusterCallers(ClusterWorld world) : ICallers
{
    private const int MostAttempts = 8;
    private static readonly TimeSpan Network = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestLate = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestDuplicate = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ShortestPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(6);

    private readonly Dice dice = new(world.Seed, 5);
    private readonly Dictionary<CommandKey, Call> calls = [];
    private readonly ClusterFaultSettings faults = world.Settings.Faults;

    /// <summary>Calls whose callers still wait.</summary>
    public int Open { get; private set; }

    /// <summary>While true nobody begins anything new.</summary>
    public bool ArePaused { get; set; }

    /// <summary>Called with each answer that is heard.</summary>
    public Action<Call, Answer>? Heard { get; set; }

    /// <summary>Calls that were answered.</summary>
    public IEnumerable<Call> Answered => calls.Values.Where(call => call.Answer is not null);

    /// <summary>Calls that are not over, for a message.</summary>
    public IEnumerable<Call> Waiting => calls.Values.Where(call => !call.IsOver);

    /// <summary>The command that was asked with a key, or null.</summary>
    public Command? CommandOf(CommandKey key) => calls.GetValueOrDefault(Keys.Original(key))?.Command;

    /// <inheritdoc/>
    public void Send(Command command, QueueKey? queue = null, Action<Answer>? then = null, bool atOnce = false)
    {
        if (!ArePaused)
        {
            Begin(new Call(Keys.Of(dice.Bits()), command, queue, then), atOnce);
        }
    }

    /// <summary>Sends a locality's rules, as the nodes are to be told them; the books have the right ones.</summary>
    public void SendRules(SetRules rules, RulesDraft told) =>
        Begin(new Call(Keys.Of(dice.Bits()), rules, queue: null, then: null) { Sent = rules with { Rules = told } }, atOnce: false);

    private void Begin(Call call, bool atOnce)
    {
        calls.Add(call.Key, call);
        Open++;
        Attempt(call, atOnce);
    }

    private void Attempt(Call call, bool atOnce)
    {
        call.Attempts++;
        var delay = atOnce ? TimeSpan.Zero : dice.Between(TimeSpan.Zero, Network);
        if (world.Faults.Happens("late request", faults.Late))
        {
            delay = dice.Between(TimeSpan.Zero, LongestLate);
        }

        world.Soon(delay, () => Deliver(call));
        if (world.Faults.Happens("duplicate request", faults.Duplicate))
        {
            world.Soon(dice.Between(TimeSpan.Zero, LongestDuplicate), () => Deliver(call));
        }

        world.After(delay + dice.Between(ShortestPatience, LongestPatience), () => TimeOut(call));
    }

    private void TimeOut(Call call)
    {
        if (call.IsOver)
        {
            return;
        }

        if (world.Faults.Are && (call.Attempts >= MostAttempts || world.Faults.Happens("caller vanishes", faults.Vanish)))
        {
            End(call);
            return;
        }

        Attempt(call, atOnce: false);
    }

    private void Deliver(Call call)
    {
        var node = dice.Of(world.Nodes);
        if (!node.IsUp || world.Faults.Happens("request lost", faults.LostOnTheWay))
        {
            return;
        }

        if (call.Deliveries++ == 0)
        {
            (call.FirstReached, call.ReachedAt) = (world.Clock, world.Ticks);
        }

        world.Note($"ask {call.Key.Value >> 96:X8} of {node.Number}: {call.Command}");
        node.Run(() => _ = Ask(node, call));
    }

    private async Task Ask(SimulatedNode node, Call call)
    {
        var generation = node.Generation;
        try
        {
            var answer = await node.Door.Ask(call.Sent, world.Mutant.KeyFor(call.Key, generation, call.Deliveries), call.Queue);
            if (IsHeard(node, generation))
            {
                Hear(call, answer);
            }
        }
        catch (NotRecordedException) when (IsHeard(node, generation))
        {
            if (call.Deliveries == 1 && world.Records.Find(call.Key) is { } recorded)
            {
                world.Fail("not recorded", $"The caller of {call.Command} was told that nothing was recorded, but record {recorded.Number} of {recorded.Entity} is.");
            }
        }
        catch (Exception fault) when (!IsHeard(node, generation) || fault is BusyException or NotRecordedException or OutcomeUnknownException)
        {
            // A dead process tells nobody anything; in the other cases the caller asks again.
        }
        catch (Exception fault)
        {
            world.Fail("exception", $"{call.Command}: {fault}");
        }
    }

    private static bool IsHeard(SimulatedNode node, int generation) => node.IsUp && node.Generation == generation;

    private void Hear(Call call, Answer answer)
    {
        world.Note($"answer {call.Key.Value >> 96:X8} {AnswerLines.Of(answer)}");
        if (world.Faults.Happens("answer lost", faults.LostOnTheWay))
        {
            return;
        }

        if (call.Answer is { } first && AnswerLines.Of(first) != AnswerLines.Of(answer))
        {
            world.Fail("first answer", $"{call.Command} was answered {AnswerLines.Of(first)} and, repeated with the same key, {AnswerLines.Of(answer)}.");
        }

        Heard?.Invoke(call, answer);
        if (call.IsOver)
        {
            return;
        }

        (call.Answer, call.AnsweredAt) = (answer, world.Ticks);
        End(call);
        call.Then?.Invoke(answer);
    }

    private void End(Call call)
    {
        call.IsOver = true;
        Open--;
    }
}

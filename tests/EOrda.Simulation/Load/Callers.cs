using EOrda.Actors;
using EOrda.Actors.Journal;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using EOrda.Simulation.Checks;
using EOrda.Simulation.Worlds;

namespace EOrda.Simulation.Load;

/// <summary>
/// All callers: they send, time out and send again with the same key, go away, and keep books of what they were told, against which each answer is checked.
/// </summary>
internal sealed class Callers(World world) : ICallers
{
    private const int MostAttempts = 8;
    private static readonly TimeSpan Network = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestLate = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestDuplicate = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ShortestPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(6);

    private readonly Dice dice = new(world.Seed, 5);
    private readonly Dictionary<CommandKey, Call> calls = [];
    private readonly Dictionary<CommandKey, (CleanUp Command, QueueKey Queue)> cleanUps = [];
    private readonly FaultSettings faults = world.Settings.Faults;
    private IReadOnlyList<QueueKey> queues = [];

    /// <summary>Calls whose callers still wait.</summary>
    public int Open { get; private set; }

    /// <summary>While true nobody begins anything new.</summary>
    public bool ArePaused { get; set; }

    /// <summary>Calls ever begun.</summary>
    public int Count => calls.Count;

    /// <summary>Calls that were answered.</summary>
    public IEnumerable<Call> Answered => calls.Values.Where(call => call.Answer is not null);

    /// <summary>Calls that are not over, for a message.</summary>
    public IEnumerable<Call> Waiting => calls.Values.Where(call => !call.IsOver);

    /// <summary>The queues that there may be.</summary>
    public void Know(IReadOnlyList<QueueKey> all) => queues = all;

    /// <summary>The command of a key, and the queue when it is a queue's part of a clean-up.</summary>
    public (Command Command, QueueKey? Queue)? CommandOf(CommandKey key)
    {
        key = Keys.Original(key);
        return calls.TryGetValue(key, out var call) ? (call.Command, null) : cleanUps.TryGetValue(key, out var part) ? (part.Command, part.Queue) : null;
    }

    /// <summary>Sends a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="queue">The queue, where the caller says it.</param>
    /// <param name="then">What to do with the answer.</param>
    /// <param name="atOnce">Whether it reaches the node without a delay.</param>
    public void Send(Command command, QueueKey? queue = null, Action<Answer>? then = null, bool atOnce = false)
    {
        if (ArePaused)
        {
            return;
        }

        var call = new Call(Keys.Of(dice.Bits()), command, queue, then);
        calls.Add(call.Key, call);
        if (command is CleanUp cleanUp)
        {
            foreach (var part in queues.Where(one => one.Locality == cleanUp.Locality))
            {
                cleanUps.Add(Keys.Original(Node.KeyFor(call.Key, part)), (cleanUp, part));
            }
        }

        Open++;
        Attempt(call, atOnce);
    }

    /// <summary>Sends a locality's rules, as the node is to be told them; the books have the right ones.</summary>
    public void SendRules(SetRules rules, RulesDraft told)
    {
        var call = new Call(Keys.Of(dice.Bits()), rules, queue: null, then: null) { Sent = rules with { Rules = told } };
        calls.Add(call.Key, call);
        Open++;
        Attempt(call, atOnce: false);
    }

    /// <summary>Checks that what a caller was told is on disk.</summary>
    public void CheckOnDisk(Call call) => CheckRecorded(call, call.Answer!);

    private void Attempt(Call call, bool atOnce)
    {
        call.Attempts++;
        var delay = atOnce ? TimeSpan.Zero : dice.Between(TimeSpan.Zero, Network);
        if (world.Faults.Happens("late request", faults.Late))
        {
            delay = dice.Between(TimeSpan.Zero, LongestLate);
        }

        world.After(delay, () => Deliver(call));
        if (world.Faults.Happens("duplicate request", faults.Duplicate))
        {
            world.After(dice.Between(TimeSpan.Zero, LongestDuplicate), () => Deliver(call));
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
        if (world.Process.Node is not { } node || world.Faults.Happens("request lost", faults.LostOnTheWay))
        {
            return;
        }

        if (call.Deliveries++ == 0)
        {
            (call.FirstReached, call.ClockSets) = (world.Clock, world.ClockSets);
        }

        world.Note($"ask {call.Key.Value >> 96:X8} {call.Command}");
        _ = Ask(node, call);
    }

    private async Task Ask(Node node, Call call)
    {
        var process = world.Process.Generation;
        try
        {
            var answer = await node.Ask(call.Sent, world.Mutant.KeyFor(call.Key, process, call.Deliveries), call.Queue);
            if (IsHeard(process))
            {
                Hear(call, answer);
            }
        }
        catch (NotRecordedException) when (IsHeard(process))
        {
            if (call.Deliveries == 1 && world.Journalled.Find(call.Key) is { } recorded)
            {
                world.Fail("not recorded", $"The caller of {call.Command} was told that nothing was recorded, but record {recorded.Sequence} of {recorded.Entity} is.");
            }
        }
        catch (OutcomeUnknownException unknown) when (IsHeard(process))
        {
            if (unknown.InnerException is JournalDamagedException named)
            {
                world.Faults.Named(named);
            }
        }
        catch (Exception fault) when (!IsHeard(process) || fault is BusyException)
        {
            // A dead process tells nobody anything; of a busy one the caller asks again.
        }
        catch (Exception fault)
        {
            world.Fail("exception", $"{call.Command}: {fault}");
        }
    }

    private bool IsHeard(int process) => process == world.Process.Generation && !world.Process.IsDead;

    private void Hear(Call call, Answer answer)
    {
        world.Note($"answer {call.Key.Value >> 96:X8} {AnswerLines.Of(answer)}");
        if (world.Faults.Happens("answer lost", faults.LostOnTheWay))
        {
            return;
        }

        CheckFirst(call, answer);
        CheckRecorded(call, answer);
        if (call.IsOver)
        {
            return;
        }

        call.Answer = answer;
        End(call);
        call.Then?.Invoke(answer);
    }

    private void End(Call call)
    {
        call.IsOver = true;
        Open--;
    }

    private void CheckFirst(Call call, Answer answer)
    {
        if (call.Answer is { } first && AnswerLines.Of(first) != AnswerLines.Of(answer) && !IsUnrecorded(first) && answer is not CleanedUp)
        {
            world.Fail("first answer", $"{call.Command} was answered {AnswerLines.Of(first)} and, repeated with the same key, {AnswerLines.Of(answer)}.");
        }
    }

    private void CheckRecorded(Call call, Answer answer)
    {
        if (answer is CleanedUp cleaned)
        {
            CheckCleanUp(call, cleaned);
            return;
        }

        if (world.Journalled.Find(call.Key) is not { } record)
        {
            if (!IsUnrecorded(answer))
            {
                world.Fail("answered is on disk", $"{call.Command} is answered {AnswerLines.Of(answer)} and not on disk.");
            }

            return;
        }

        if (AnswerLines.Of(record.Answer) != AnswerLines.Of(answer))
        {
            world.Fail("answered is on disk", $"{call.Command} is answered {AnswerLines.Of(answer)}, on disk is {AnswerLines.Of(record.Answer)}.");
        }

        if (call.IsOver)
        {
            return;
        }

        if (record.At > world.LatestClock || (record.At < call.FirstReached && world.ClockSets == call.ClockSets))
        {
            world.Fail("instant", $"{call.Command} reached the node at {call.FirstReached}, was answered at {world.Clock}, and is said to be decided at {record.At}.");
        }
    }

    private void CheckCleanUp(Call call, CleanedUp cleaned)
    {
        var recorded = queues
            .Where(queue => queue.Locality == ((CleanUp)call.Command).Locality)
            .Select(queue => world.Journalled.Find(Keys.Original(Node.KeyFor(call.Key, queue)))?.Answer)
            .OfType<CleanedUp>()
            .SelectMany(part => part.StopListed)
            .ToHashSet(StringComparer.Ordinal);
        if (cleaned.StopListed.FirstOrDefault(application => !recorded.Contains(application)) is { } missing)
        {
            world.Fail("answered is on disk", $"{call.Command} is said to have stop-listed {missing}, which is not on disk.");
        }
    }

    // What names something that is nowhere is refused without a record: there is no entity to keep it.
    private static bool IsUnrecorded(Answer answer) =>
        answer is Refusal { Reason: Reason.UnknownApplication or Reason.UnknownPlace or Reason.UnknownLocality };
}

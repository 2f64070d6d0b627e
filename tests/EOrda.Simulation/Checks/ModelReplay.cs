using EOrda.Model;
using EOrda.Queues;
using EOrda.Queues.Time;
using EOrda.Simulation.Load;
using EOrda.Simulation.Worlds;

namespace EOrda.Simulation.Checks;

/// <summary>
/// Has the model decide everything again that the node decided, each command at its own instant, and compares.
/// </summary>
/// <remarks>
/// The model is one for the whole country and knows one time; the node's entities decide each at instants of its own. Sorted by instant, then by the
/// order of decision, the records of each entity stand in their own order (its instants never go back), and a joint turn stands behind all that its
/// entities decided before it (its instant is the latest of theirs). That is one order which is true for each entity.
/// </remarks>
internal sealed class ModelReplay(World world, Callers callers)
{
    private readonly NaiveModel model = new();
    private readonly Dictionary<string, long> read = [];
    private readonly Dictionary<string, string> referrals = [];
    private Moment latest = Moment.Beginning;

    /// <summary>How many commands were decided again.</summary>
    public int Commands { get; private set; }

    /// <summary>How many sights were compared.</summary>
    public int Sights { get; private set; }

    /// <summary>The latest instant of any record.</summary>
    public Moment Latest => latest;

    /// <summary>Takes in what is new in the journal, and what was seen meanwhile.</summary>
    public void Follow(IReadOnlyList<Sight> seen)
    {
        var next = new List<(Moment At, long Step, bool Jointly, long Sequence, bool IsSight, Action Check)>();
        foreach (var record in world.Journalled.Commands().Where(record => record.Sequence > read.GetValueOrDefault(record.Entity)))
        {
            var (step, jointly) = world.Order.Of(record.Entity, record.Sequence);
            next.Add((record.At, step, jointly, record.Sequence, false, () => Decide(record)));
        }

        foreach (var sight in seen.Where(sight => !IsOvertaken(sight)))
        {
            next.Add((sight.At, sight.Step, false, sight.Sequence, true, () => Compare(sight)));
        }

        foreach (var one in next.OrderBy(one => one.At).ThenBy(one => one.Step).ThenBy(one => one.Jointly).ThenBy(one => one.Sequence).ThenBy(one => one.IsSight))
        {
            if (one.At < latest)
            {
                world.Fail("order", $"Something of {one.At} comes after {latest}.");
            }

            if (world.Failure is not null)
            {
                return;
            }

            latest = one.At;
            one.Check();
        }

        foreach (var entity in world.Disk.Entities)
        {
            read[entity] = world.Disk.LastSequence(entity);
        }
    }

    // What only looked leaves no record. When the clock was set back and the process died, the queue may decide at an earlier instant than was looked at.
    private bool IsOvertaken(Sight sight) => world.Journalled.InstantOf(sight.Entity, sight.Sequence + 1) is { } next && next < sight.At;

    private void Decide(JournalledCommand record)
    {
        if (callers.CommandOf(record.Key) is not { } asked)
        {
            world.Fail("asked", $"Record {record.Sequence} of {record.Entity} decides a command that nobody asked.");
            return;
        }

        Commands++;
        var answer = asked.Queue is { } queue ? model.CleanUpQueue(queue.ToString(), record.At.ToInstant()) : model.Answer(ModelLines.Of(asked.Command, record.At))!;
        var (wanted, given) = (AnswerLines.OfModel(answer, Referral(record.Answer)), AnswerLines.Of(record.Answer));
        if (wanted != given)
        {
            world.Fail("model", $"{asked.Command} at {record.At} (record {record.Sequence} of {record.Entity}): the node says {given}, the model {wanted}.");
        }
    }

    // The node numbers referrals in its own way; each number may come once.
    private Func<string, string, string> Referral(Answer answer) => (application, number) =>
    {
        var given = (answer as ReferralsGiven)?.Referrals.FirstOrDefault(referral => referral.Application == application)?.Referral ?? number;
        return referrals.TryAdd(given, number) ? given : $"{given}, which is another referral's number";
    };

    private void Compare(Sight sight)
    {
        Sights++;
        foreach (var (question, seen) in sight.Seen)
        {
            var answer = AnswerLines.OfModel(model.Answer(question)!, (_, number) => number);
            if (answer != seen)
            {
                world.Fail("seen", $"{question}: seen was {seen}, the model says {answer}.");
                return;
            }
        }
    }
}

using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;
using EOrda.Simulation.Checks;
using EOrda.Simulation.Cluster.Stored;

namespace EOrda.Simulation.Cluster.Checks;

/// <summary>What was set up and amended in the localities, as lines for the model, each with the instant from which it is in force.</summary>
internal sealed class LocalityLines
{
    private readonly SortedDictionary<string, List<(Moment From, string Line)>> lines = new(StringComparer.Ordinal);
    private int read;

    /// <summary>Takes in what is new in the localities' records.</summary>
    /// <param name="records">The records.</param>
    /// <param name="localities">The localities after them.</param>
    /// <param name="rightCommand">The command that a caller meant by a key.</param>
    public void Follow(IReadOnlyList<StoredRecord> records, Localities localities, Func<CommandKey, Command?> rightCommand)
    {
        for (; read < records.Count; read++)
        {
            if (records[read] is TakenStep { Step: ChangeLocalities step, Reply: Answered { Answer: not Refusal }, At: var at })
            {
                Add(rightCommand(step.Key) ?? step.Command, at, localities);
            }
        }
    }

    /// <summary>The lines of a locality in force at an instant that were not taken yet.</summary>
    /// <param name="locality">The locality.</param>
    /// <param name="at">The instant.</param>
    /// <param name="taken">How many were taken.</param>
    public IReadOnlyList<string> UpTo(string locality, Moment at, ref int taken)
    {
        var next = new List<string>();
        var own = lines.GetValueOrDefault(locality) ?? [];
        for (; taken < own.Count && own[taken].From <= at; taken++)
        {
            next.Add(own[taken].Line);
        }

        return next;
    }

    private void Add(Command command, Moment at, Localities localities)
    {
        var (locality, from) = command switch
        {
            SetRules c => (c.Locality, at),
            AmendRules c => (c.Locality, localities.RulesOf(c.Locality)![^1].From),
            RegisterKindergarten c => (c.Locality, at),
            _ => throw new ArgumentException($"{command.GetType().Name} is not about localities.", nameof(command)),
        };
        if (!lines.TryGetValue(locality, out var own))
        {
            lines[locality] = own = [];
        }

        own.Add((from, ModelLines.Of(command, from)));
    }
}

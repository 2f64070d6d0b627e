using EOrda.Queues;
using EOrda.Queues.Time;
using EOrda.Simulation.Checks;

namespace EOrda.Simulation.Cluster.Checks;

/// <summary>What was set up and amended in the localities, as lines for the model, each with the instant from which it is in force.</summary>
internal sealed class LocalityLines
{
    private readonly List<(Moment From, string Line)> lines = [];

    /// <summary>A command about localities is in force from an instant on.</summary>
    public void Add(Command command, Moment from) => lines.Add((from, ModelLines.Of(command, from)));

    /// <summary>The lines in force at an instant that were not taken yet.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="taken">How many were taken.</param>
    public IReadOnlyList<string> UpTo(Moment at, ref int taken)
    {
        var next = new List<string>();
        for (; taken < lines.Count && lines[taken].From <= at; taken++)
        {
            next.Add(lines[taken].Line);
        }

        return next;
    }
}

using EOrda.Model.Domain;

namespace EOrda.Model.Order;

/// <summary>rules.md 3: the order of a queue, made afresh from everything on each look.</summary>
internal static class QueueOrder
{
    /// <summary>The waiting applications of a queue from position 1 on, those with a reservation among them.</summary>
    public static List<Application> Of(QueueName queue, Locality locality, IEnumerable<Application> applications)
    {
        var waiting = applications
            .Where(application => application.Queue == queue && application.IsWaiting)
            .OrderBy(application => application.Submitted)
            .ThenBy(application => application.Number)
            .ToList();

        // rules.md 3: in special and sanatorium queues categories do not count.
        if (queue.Kind != Kind.General)
            return waiting;

        return
        [
            .. waiting.Where(application => application.Category == Category.OutOfTurn),
            .. Merge(
                [.. waiting.Where(application => application.Category == Category.FirstPriority)],
                [.. waiting.Where(application => application.Category == Category.General)],
                locality.Rules,
                Phase(queue, locality)),
        ];
    }

    /// <summary>
    /// replay.md, Precisions, `carry`: how many general applications are still due before the next first-priority one.
    /// It starts at 0 (lead first-priority) or at the ratio's second number (lead general).
    /// </summary>
    public static int Phase(QueueName queue, Locality locality) =>
        locality.Phases.TryGetValue(queue, out var phase)
            ? phase
            : locality.Rules.Lead == LocalityRules.LeadGeneral ? locality.Rules.RatioGeneral : 0;

    /// <summary>rules.md 3: the repeating pattern; when one of the two runs out the rest of the other follows.</summary>
    private static List<Application> Merge(List<Application> first, List<Application> general, LocalityRules rules, int phase)
    {
        var generalTurn = rules.Carry ? phase > 0 : rules.Lead == LocalityRules.LeadGeneral;
        var left = generalTurn ? (rules.Carry ? phase : rules.RatioGeneral) : rules.RatioFirstPriority;

        var merged = new List<Application>();
        while (first.Count > 0 && general.Count > 0)
        {
            var next = generalTurn ? general : first;
            merged.Add(next[0]);
            next.RemoveAt(0);
            left--;
            if (left == 0)
            {
                generalTurn = !generalTurn;
                left = generalTurn ? rules.RatioGeneral : rules.RatioFirstPriority;
            }
        }

        return [.. merged, .. first, .. general];
    }
}

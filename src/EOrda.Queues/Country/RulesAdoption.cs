using EOrda.Queues.Time;

namespace EOrda.Queues.Country;

/// <summary>Brings a queue up to the rules of its locality: dues before an amendment are settled under the old rules (rules, section 10).</summary>
public static class RulesAdoption
{
    /// <summary>
    /// Adopts what is in force by the instant and the queue has not adopted yet, then settles it up to the instant. Rules from a later instant on (the
    /// clock was set back) wait for it; but a queue has its locality's first rules from its beginning.
    /// </summary>
    public static void BringUp(Queue queue, IReadOnlyList<RulesInForce> rules, Moment at, List<DatedEvent>? happened)
    {
        while (queue.RulesAdopted < rules.Count && (queue.RulesAdopted == 0 || rules[queue.RulesAdopted].From <= at))
        {
            var next = rules[queue.RulesAdopted];
            var from = Moment.Max(queue.Now, Moment.Min(next.From, at));
            if (queue.RulesAdopted > 0)
            {
                queue.Settle(from, happened);
            }

            queue.Happen(new RulesAdopted(next.Rules), from, happened);
        }

        queue.Settle(at, happened);
    }
}

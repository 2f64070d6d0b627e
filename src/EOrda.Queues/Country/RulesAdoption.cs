using EOrda.Queues.Time;

namespace EOrda.Queues.Country;

/// <summary>Brings a queue up to the rules of its locality: dues before an amendment are settled under the old rules (rules, section 10).</summary>
public static class RulesAdoption
{
    /// <summary>Adopts what the queue has not adopted yet, then settles it up to the instant.</summary>
    public static void BringUp(Queue queue, IReadOnlyList<RulesInForce> rules, Moment at, List<DatedEvent>? happened)
    {
        while (queue.RulesAdopted < rules.Count)
        {
            var next = rules[queue.RulesAdopted];
            var from = Moment.Max(queue.Now, next.From);
            if (queue.RulesAdopted > 0)
            {
                queue.Settle(from, happened);
            }

            queue.Happen(new RulesAdopted(next.Rules), from, happened);
        }

        queue.Settle(at, happened);
    }
}

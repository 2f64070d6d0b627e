using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;

namespace EOrda.Queues.Country;

public sealed partial class Localities
{
    /// <summary>The month from which on places serve the school year to come; fixed, no parameter of a locality.</summary>
    private const int FirstMonthOfTheNextYear = 6;

    /// <summary>Takes a step of a process.</summary>
    /// <param name="step">The step.</param>
    /// <param name="at">The step's instant.</param>
    /// <param name="happened">Receives the event; null when nobody wants it.</param>
    public Reply Take(LocalityStep step, Moment at, List<LocalityEvent>? happened)
    {
        switch (step)
        {
            case FindLocality s:
                return new LocalityFound(RulesOf(s.Locality) is not null);
            case FindQueueOfPlace s when Kindergartens.TryGetValue(s.Kindergarten, out var kindergarten):
                return new KindergartenFound(QueueOf(s, kindergarten, at));
            case FindQueueOfPlace:
                return new Answered(Refusal.For(Reason.UnknownKindergarten));
            case FindQueues s:
                return new QueuesFound(RulesOf(s.Locality) is null ? null : [.. QueuesOf(s.Locality)]);
            case ChangeLocalities s:
                if (Decide(s.Command, out var reason, out _) is not { } changed)
                {
                    return new Answered(Refusal.For(reason));
                }

                Happen(changed, at, happened);
                return new Answered(Answer.Done);
            default:
                throw new ArgumentException($"Localities do not know the step {step.GetType().Name}.", nameof(step));
        }
    }

    private QueueKey? QueueOf(FindQueueOfPlace step, Kindergarten kindergarten, Moment at)
    {
        if (step.Queue is { } text)
        {
            return QueueKey.TryParse(text, out var key) && key.Locality == kindergarten.Locality && key.Kind == kindergarten.Kind ? key : null;
        }

        // Cohort = Y - age, Y being the year in which the current school year began, from June on the next one's.
        var today = RulesOf(kindergarten.Locality)![^1].Rules.Schedule.DateOf(at);
        var schoolYear = today.Month >= FirstMonthOfTheNextYear ? today.Year : today.Year - 1;
        return kindergarten.Kind == Kind.Sanatorium ? null : new QueueKey(kindergarten.Locality, kindergarten.Kind, $"{schoolYear - step.Age!.Value:D4}");
    }
}

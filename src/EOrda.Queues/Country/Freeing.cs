using EOrda.Queues.Names;
using EOrda.Queues.Places;
using EOrda.Queues.Rules;

namespace EOrda.Queues.Country;

/// <summary>Reporting a free place: to a queue by name, or by the group's age (rules, section 5).</summary>
internal static class Freeing
{
    /// <summary>The month from which on places serve the school year to come; fixed, no parameter of a locality.</summary>
    private const int FirstMonthOfTheNextYear = 6;

    public static Answer Take(FreePlace free, ITurn turn)
    {
        if (!turn.Localities.Kindergartens.TryGetValue(free.Kindergarten, out var kindergarten))
        {
            return Refusal.For(Reason.UnknownKindergarten);
        }

        if (turn.RegisterOf(free.Place).QueueOfPlace(free.Place) is not null)
        {
            return Refusal.For(Reason.DuplicatePlace);
        }

        if (KeyFor(free, kindergarten, turn) is not { } key)
        {
            return Refusal.For(Reason.BadQueue);
        }

        var queue = turn.QueueOf(key);
        var reported = PlaceDecisions.Report(queue, free.Place, free.Kindergarten, turn.At);
        turn.Happen(queue, reported);
        turn.Happen(free.Place, new PlaceRegistered(free.Place, key));
        return new PlaceFreed(key, reported.AvailableAt);
    }

    private static QueueKey? KeyFor(FreePlace free, Kindergarten kindergarten, ITurn turn)
    {
        if (free.Queue is { } text)
        {
            return QueueKey.TryParse(text, out var key) && key.Locality == kindergarten.Locality && key.Kind == kindergarten.Kind ? key : null;
        }

        // Cohort = Y - age, Y being the year in which the current school year began, from June on the next one's.
        var today = turn.Localities.RulesOf(kindergarten.Locality)![^1].Rules.Schedule.DateOf(turn.At);
        var schoolYear = today.Month >= FirstMonthOfTheNextYear ? today.Year : today.Year - 1;
        return kindergarten.Kind == Kind.Sanatorium ? null : new QueueKey(kindergarten.Locality, kindergarten.Kind, $"{schoolYear - free.Age!.Value:D4}");
    }
}

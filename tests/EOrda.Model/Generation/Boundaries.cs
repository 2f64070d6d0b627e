using EOrda.Model.Domain;
using NodaTime;

namespace EOrda.Model.Generation;

/// <summary>The instants still to come at which something changes, by the present state of the model.</summary>
internal static class Boundaries
{
    public static List<Instant> After(Instant now, NaiveModel model)
    {
        var instants = model.PendingDues().Where(due => due.Class != DueClass.LeavesForAge).Select(due => due.At).ToList();
        foreach (var place in model.Places)
        {
            if (place.PriorityUntil is { } end)
                instants.Add(end);
        }

        foreach (var application in model.Applications)
        {
            var clock = application.Locality.Clock;
            if (application.Referral is { } referral)
            {
                instants.Add(referral.IssuedAt + Duration.FromHours(application.Locality.Rules.CancelHours));
                instants.Add(clock.StartOf(referral.LastValidDate));
                instants.Add(clock.StartOf(CountsUntil(referral.IssueDate)));
            }
        }

        foreach (var locality in model.Localities.Values)
            instants.AddRange(OfDays(now, locality));
        return [.. instants.Where(instant => instant > now).Distinct().Order()];
    }

    /// <summary>replay.md, Precisions, the limits' end: the first date on which a referral issued on a date no longer counts.</summary>
    public static LocalDate CountsUntil(LocalDate issued)
    {
        var date = issued.PlusMonths(1);
        return date.PlusMonths(-1) < issued ? date.PlusDays(1) : date;
    }

    /// <summary>The next changes of offset.</summary>
    public static List<Instant> Transitions(Instant now, NaiveModel model) =>
    [
        .. model.Localities.Values
            .Select(locality => locality.Zone.GetZoneInterval(now))
            .Where(interval => interval.HasEnd && interval.End < now + Duration.FromDays(400))
            .Select(interval => interval.End)
            .Distinct()
            .Order(),
    ];

    private static IEnumerable<Instant> OfDays(Instant now, Locality locality)
    {
        var today = locality.Clock.DateOf(now);
        foreach (var day in new[] { today, today.PlusDays(1) })
        {
            yield return locality.Clock.StartOf(day);
            yield return locality.Clock.At(day, locality.Rules.FreezeFrom);
            yield return locality.Clock.At(day, locality.Rules.Release);
            yield return locality.Clock.At(day, locality.Rules.Handover);
        }

        yield return locality.Clock.StartOf(new LocalDate(today.Year, today.Month, 1).PlusMonths(1));
    }
}

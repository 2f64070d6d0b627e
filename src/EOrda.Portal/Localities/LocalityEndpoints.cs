using EOrda.Actors;
using EOrda.Actors.Queries;
using EOrda.Portal.Json;
using EOrda.Portal.OpenApi;
using EOrda.Portal.Problems;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using NodaTime;
using NodaTime.Text;

namespace EOrda.Portal.Localities;

/// <summary>The localities with their rules, kindergartens and queues (rules, sections 1 and 10).</summary>
internal static class LocalityEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/localities", List)
            .WithTags("Localities")
            .WithSummary("The localities")
            .Describes<LocalitiesView>("Their keys.");
        routes.MapGet("/api/localities/{locality}", Show)
            .WithTags("Localities")
            .WithSummary("A locality's zone, day and rules")
            .Describes<LocalityView>("The rules in force and today's fixed instants.", StatusCodes.Status404NotFound);
        routes.MapGet("/api/localities/{locality}/kindergartens", ListKindergartens)
            .WithTags("Localities")
            .WithSummary("A locality's kindergartens")
            .Describes<KindergartensView>("In the order of their identifiers.", StatusCodes.Status404NotFound);
        routes.MapGet("/api/localities/{locality}/queues", ListQueues)
            .WithTags("Localities")
            .WithSummary("A locality's queues in which an application was ever filed")
            .Describes<QueuesView>("By kind, the oldest children first.", StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> List(HttpContext context, IQueues queues)
    {
        var directory = await queues.Directory(context.RequestAborted);
        return Reply.With(context, new LocalitiesView([.. directory.Localities.Keys.Order()]), ApiJson.Web.LocalitiesView);
    }

    private static async Task<IResult> Show(HttpContext context, IQueues queues, LocalityNames names, string locality)
    {
        var (directory, now) = (await queues.Directory(context.RequestAborted), queues.Now);
        if (directory.RulesOf(locality, now) is not { } rules)
        {
            return ProblemResult.Of(Reason.UnknownLocality);
        }

        var day = rules.Schedule.DayOf(now);
        var (offset, next) = OffsetView.Of(DateTimeZoneProviders.Tzdb[rules.TimeZone], now);
        var view = new LocalityView(
            locality,
            names.FindLocality(locality)?.Name,
            rules.TimeZone,
            offset,
            next,
            LocalDatePattern.Iso.Format(day.Date),
            day.FreezeFrom,
            day.Release,
            day.Handover,
            rules.Schedule.NextRelease(now),
            rules.ReservationMinutes,
            rules.LapsesPerDay,
            rules.CancelHours,
            rules.ExtensionMaxDays,
            rules.WindowFactorThousandths / 1000m);
        return Reply.With(context, view, ApiJson.Web.LocalityView);
    }

    private static async Task<IResult> ListKindergartens(HttpContext context, IQueues queues, KindergartenNames names, string locality)
    {
        var directory = await queues.Directory(context.RequestAborted);
        if (!directory.Localities.ContainsKey(locality))
        {
            return ProblemResult.Of(Reason.UnknownLocality);
        }

        var kindergartens = directory.Kindergartens
            .Where(k => k.Value.Locality == locality)
            .OrderBy(k => k.Key, StringComparer.Ordinal)
            .Select(k => names.Describe(k.Key, k.Value.Kind));
        return Reply.With(context, new KindergartensView([.. kindergartens]), ApiJson.Web.KindergartensView);
    }

    private static async Task<IResult> ListQueues(HttpContext context, IQueues queues, LocalityQueues known, LocalityNames names, string locality)
    {
        var (directory, now) = (await queues.Directory(context.RequestAborted), queues.Now);
        if (directory.RulesOf(locality, now) is not { } rules)
        {
            return ProblemResult.Of(Reason.UnknownLocality);
        }

        var entries = new List<QueueEntry>();
        foreach (var key in known.Of(directory, locality, rules.Schedule.DateOf(now)))
        {
            var size = await queues.Query(key, new SizeQuery(), context.RequestAborted);
            if (size.Applications > 0)
            {
                entries.Add(new QueueEntry(key.ToString(), key.Kind, key.Cohort, key.Kind == Kind.Sanatorium ? names.FindProfile(key.Cohort)?.Name : null, size.Waiting));
            }
        }

        return Reply.With(context, new QueuesView(entries), ApiJson.Web.QueuesView);
    }
}

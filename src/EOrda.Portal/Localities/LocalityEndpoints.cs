using System.Diagnostics.CodeAnalysis;
using EOrda.Actors;
using EOrda.Portal.Json;
using EOrda.Portal.OpenApi;
using EOrda.Portal.Problems;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
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

    private static IResult List(HttpContext context, IQueueNode node) =>
        Reply.With(context, new LocalitiesView([.. node.Directory.Localities.Keys.Order()]), ApiJson.Web.LocalitiesView);

    private static IResult Show(HttpContext context, IQueueNode node, LocalityNames names, string locality)
    {
        if (!TryFind(node, locality, out var rules))
        {
            return ProblemResult.Of(Reason.UnknownLocality);
        }

        var now = node.Now;
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

    private static IResult ListKindergartens(HttpContext context, IQueueNode node, KindergartenNames names, string locality)
    {
        if (!TryFind(node, locality, out _))
        {
            return ProblemResult.Of(Reason.UnknownLocality);
        }

        var kindergartens = node.Directory.Kindergartens
            .Where(k => k.Value.Locality == locality)
            .OrderBy(k => k.Key, StringComparer.Ordinal)
            .Select(k => names.Describe(k.Key, k.Value.Kind));
        return Reply.With(context, new KindergartensView([.. kindergartens]), ApiJson.Web.KindergartensView);
    }

    private static async Task<IResult> ListQueues(HttpContext context, IQueueNode node, LocalityQueues queues, LocalityNames names, string locality)
    {
        if (!TryFind(node, locality, out var rules))
        {
            return ProblemResult.Of(Reason.UnknownLocality);
        }

        var entries = new List<QueueEntry>();
        foreach (var key in queues.Of(node, locality, rules.Schedule.DateOf(node.Now)))
        {
            var (applications, waiting) = await node.Look(key, (queue, _) => (queue.ApplicationCount, queue.WaitingCount), context.RequestAborted);
            if (applications > 0)
            {
                entries.Add(new QueueEntry(key.ToString(), key.Kind, key.Cohort, key.Kind == Kind.Sanatorium ? names.FindProfile(key.Cohort)?.Name : null, waiting));
            }
        }

        return Reply.With(context, new QueuesView(entries), ApiJson.Web.QueuesView);
    }

    private static bool TryFind(IQueueNode node, string locality, [NotNullWhen(true)] out LocalityRules? rules)
    {
        rules = node.Directory.Localities.TryGetValue(locality, out var all) ? all[^1].Rules : null;
        return rules is not null;
    }
}

using EOrda.Actors;
using EOrda.Actors.Queries;
using EOrda.Portal.Json;
using EOrda.Portal.OpenApi;
using EOrda.Portal.Problems;
using EOrda.Portal.Secrets;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;

namespace EOrda.Portal.Demonstration;

/// <summary>Gives away the secrets of invented parents. Mapped in Development only.</summary>
internal static class DemonstrationEndpoints
{
    private const int FirstOfTheOrder = 12;
    private const int AroundTheWindow = 3;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/demo/parents", ListParents)
            .WithTags("Demonstration")
            .WithSummary("Invented parents of a queue with their secrets (Development only)")
            .Describes<ParentsView>("The first of the order, those around the end of the window, the last, and those with siblings.", StatusCodes.Status404NotFound);

    private static async Task<IResult> ListParents(HttpContext context, IQueues queues, ApplicationSecrets secrets, string? queue)
    {
        var directory = await queues.Directory(context.RequestAborted);
        if (!QueueKey.TryParse(queue ?? "", out var key) || directory.RulesOf(key.Locality, queues.Now) is not { } rules)
        {
            return ProblemResult.Of(Reason.BadQueue);
        }

        var found = await ChooseAsync(queues, key, rules, context.RequestAborted);
        var parents = found.Select(a => new ParentView(
            a.Application,
            secrets.Of(a.Application),
            a.Position,
            a.Category,
            [.. InventedFamilies.SiblingsOf(a.Application, key).Select(s => new SiblingView(s.Application, secrets.Of(s.Application), s.Queue.ToString()))]));
        return Reply.With(context, new ParentsView(key.ToString(), [.. parents]), ApiJson.Web.ParentsView);
    }

    private static async Task<IEnumerable<ApplicationState>> ChooseAsync(IQueues queues, QueueKey queue, LocalityRules rules, CancellationToken cancel)
    {
        var summary = await queues.Query(queue, new SummaryQuery(), cancel);
        var nextWindow = (int)rules.WindowSize(summary.Places.Locked + summary.Places.AvailableInPriority);
        string[] chosen =
        [
            .. await OrderAsync(1, FirstOfTheOrder),
            .. await OrderAsync(nextWindow - AroundTheWindow + 1, 2 * AroundTheWindow),
            .. await OrderAsync(summary.Waiting.Total, 1),
            .. InventedFamilies.WithSiblings(queue),
        ];
        if (chosen.Length == 0)
        {
            return [];
        }

        var states = await queues.Query(queue, new StatesQuery([.. chosen.Distinct()]), cancel);
        return states.States.OfType<ApplicationState>().Where(a => a.Status != Status.Archived);

        async ValueTask<IReadOnlyList<string>> OrderAsync(int from, int count) =>
            (await queues.Query(queue, new OrderQuery(Math.Max(1, from), count), cancel)).Applications;
    }
}

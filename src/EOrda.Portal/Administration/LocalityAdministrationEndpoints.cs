using EOrda.Accounts.Audit;
using EOrda.Actors;
using EOrda.Portal.Calendars;
using EOrda.Portal.Idempotency;
using EOrda.Portal.Json;
using EOrda.Portal.Localities;
using EOrda.Portal.OpenApi;
using EOrda.Portal.Problems;
using EOrda.Portal.Sessions;
using EOrda.Portal.Staff;
using EOrda.Queues;
using EOrda.Queues.Rules;

namespace EOrda.Portal.Administration;

/// <summary>
/// Setting a locality up, and looking at its rules (P1, P6). The queues decide first and the name is kept then: a crash between leaves a locality without a name, which
/// the same request or a name given later mends.
/// </summary>
internal static class LocalityAdministrationEndpoints
{
    /// <summary>The address of all localities.</summary>
    public const string Address = "/api/administration/localities";

    /// <summary>The address of one.</summary>
    public const string OneAddress = $"{Address}/{{{Right.Locality}}}";

    private const int LongestKey = 32;
    private const int FewestLetters = 2;
    private const int MostLetters = 8;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/administration/rules", (HttpContext context) => Reply.With(context, RulesView.Defaults, ApiJson.Web.RulesView))
            .WithTags("Administration")
            .WithSummary("The rules of a locality that asks for nothing else")
            .DescribesStaff<RulesView>("Every number with its default.")
            .WithMetadata(Permissions.Portal);
        routes.MapGet(Address, List)
            .WithTags("Administration")
            .WithSummary("The localities")
            .DescribesStaff<AdministeredLocalities>("In the order of their keys.")
            .WithMetadata(Permissions.Portal);
        routes.MapPost(Address, SetUp)
            .WithTags("Administration")
            .WithSummary("Sets a locality up with its rules")
            .Accepts<SetUpRequest>("application/json")
            .DescribesStaffCommand<DoneView>("The locality is there.")
            .IsKeyed()
            .WithMetadata(Permissions.Portal);
        routes.MapGet(OneAddress, Show)
            .WithTags("Administration")
            .WithSummary("A locality with its rules and amendments")
            .DescribesStaff<LocalityRulesView>("The rules in force, and what is to come.")
            .WithMetadata(Permissions.LookAtLocality);
        routes.MapPost($"{OneAddress}/name", Rename)
            .WithTags("Administration")
            .WithSummary("Says what a locality is called")
            .Accepts<NameRequest>("application/json")
            .DescribesStaffCommand<DoneView>("It is called so.")
            .WithMetadata(Permissions.Portal);
    }

    private static async Task<IResult> List(HttpContext context, IQueues queues, LocalityNames names)
    {
        var (directory, now) = (await queues.Directory(context.RequestAborted), queues.Now);
        var missing = MissingYears.Of(directory, now).ToDictionary(pair => pair.Locality, pair => pair.Year, StringComparer.Ordinal);
        var localities = directory.Localities.Keys.Order(StringComparer.Ordinal).Select(locality => ViewOf(directory, names, locality, missing[locality]));
        return Reply.With(context, new AdministeredLocalities([.. localities]), ApiJson.Web.AdministeredLocalities);
    }

    private static async Task<IResult> SetUp(HttpContext context, IQueues queues, StoredNames names)
    {
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.SetUpRequest);
        if (request.Locality.Length is 0 or > LongestKey || request.Locality[0] == '-' || !request.Locality.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw new BadInputException("locality", Fault.NotAKeyOfLocality(LongestKey));
        }

        var named = new NamedLocality(request.Locality, Letters(request.Letters), NameOf("name", request.Name));
        var reason = PlainText.ReadReason(request.Reason);
        if (!request.Rules.TryBuild(out _, out var fault))
        {
            throw RulesFault.Of("rules", fault);
        }

        var key = IdempotencyKey.Of(context, $"locality {request.Locality}");
        await Audited.RecordAsync(context, new AuditEntry("locality-set-up", "locality", request.Locality) { Locality = request.Locality, Reason = reason });
        if (await queues.Ask(new SetRules(request.Locality, request.Rules), key, queue: null, CancellationToken.None) is Refusal refusal)
        {
            return ProblemResult.Of(refusal.Reason);
        }

        await names.SetAsync(named, CancellationToken.None);
        return Reply.With(context, DoneView.Instance, ApiJson.Web.DoneView);
    }

    private static async Task<IResult> Rename(HttpContext context, IQueues queues, StoredNames names, string locality)
    {
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.NameRequest);
        var named = new NamedLocality(locality, Letters(request.Letters), NameOf("name", request.Name));
        var reason = PlainText.ReadReason(request.Reason);
        if (!(await queues.Directory(context.RequestAborted)).Localities.ContainsKey(locality))
        {
            return ProblemResult.Of(Reason.UnknownLocality);
        }

        await Audited.RecordAsync(context, new AuditEntry("locality-named", "locality", locality) { Locality = locality, Reason = reason });
        await names.SetAsync(named, CancellationToken.None);
        return Reply.With(context, DoneView.Instance, ApiJson.Web.DoneView);
    }

    private static async Task<IResult> Show(HttpContext context, IQueues queues, LocalityNames names, Amendments amendments, string locality)
    {
        var (directory, now) = (await queues.Directory(context.RequestAborted), queues.Now);
        if (directory.RulesOf(locality, now) is not { } rules)
        {
            return ProblemResult.Of(Reason.UnknownLocality);
        }

        var missing = MissingYears.On(rules.Schedule.DateOf(now), directory.Localities[locality][^1].Rules.Schedule);
        var view = new LocalityRulesView(ViewOf(directory, names, locality, missing), RulesView.Of(rules), await amendments.ListAsync(locality, context.RequestAborted));
        return Reply.With(context, view, ApiJson.Web.LocalityRulesView);
    }

    /// <summary>A name as it is kept.</summary>
    /// <exception cref="BadInputException">It is too long, or empty in a language.</exception>
    public static Name NameOf(string field, Name name) => new(
        PlainText.Read($"{field}.kk", name.Kk, 1, PlainText.LongestName),
        PlainText.Read($"{field}.ru", name.Ru, 1, PlainText.LongestName),
        PlainText.Read($"{field}.en", name.En, 1, PlainText.LongestName));

    private static string Letters(string text) =>
        text.Length is >= FewestLetters and <= MostLetters && text.All(char.IsLetter) ? text.ToUpperInvariant() : throw new BadInputException("letters", Fault.NotLetters(FewestLetters, MostLetters));

    private static AdministeredLocality ViewOf(CountryDirectory directory, LocalityNames names, string locality, int? missing)
    {
        var named = names.FindLocality(locality);
        return new AdministeredLocality(locality, named?.Letters, named?.Name, directory.Kindergartens.Values.Count(k => k.Locality == locality), missing);
    }
}

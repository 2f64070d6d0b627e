using EOrda.Accounts.People;
using EOrda.Portal.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EOrda.Portal.Tests.Staff;

/// <summary>
/// Who may use what (P1): every endpoint, asked by nobody, and by each role of its own place and of another's. An endpoint that the table does not have fails the test.
/// </summary>
public sealed class AccessTests(StaffPortal portal) : IClassFixture<StaffPortal>
{
    private const string Own = "almaty";

    /// <summary>Who may use each endpoint: <c>everyone</c>, <c>strangers</c>, <c>staff</c>, or the roles, with <c>*</c> where the role has to be of the place in the address.</summary>
    private static readonly Dictionary<string, string> Table = new(StringComparer.Ordinal)
    {
        ["GET /api/time"] = "everyone",
        ["GET /api/localities"] = "everyone",
        ["GET /api/localities/{locality}"] = "everyone",
        ["GET /api/localities/{locality}/kindergartens"] = "everyone",
        ["GET /api/localities/{locality}/queues"] = "everyone",
        ["GET /api/queues/{locality}/{kind}/{cohort}"] = "everyone",
        ["GET /api/queues/{locality}/{kind}/{cohort}/order"] = "everyone",
        ["GET /api/queues/{locality}/{kind}/{cohort}/places"] = "everyone",
        ["GET /api/queues/{locality}/{kind}/{cohort}/applications/{application}"] = "everyone",
        ["GET /api/queues/{locality}/{kind}/{cohort}/applications/{application}/window"] = "everyone",
        ["POST /api/queues/{locality}/{kind}/{cohort}/applications/{application}/reservation"] = "everyone",
        ["DELETE /api/queues/{locality}/{kind}/{cohort}/applications/{application}/reservation"] = "everyone",
        ["POST /api/queues/{locality}/{kind}/{cohort}/applications/{application}/reservation/confirmation"] = "everyone",
        ["DELETE /api/queues/{locality}/{kind}/{cohort}/applications/{application}/referral"] = "everyone",
        ["POST /api/queues/{locality}/{kind}/{cohort}/applications/{application}/referral/extension"] = "everyone",
        ["GET /health/live"] = "everyone",
        ["GET /health/ready"] = "everyone",
        ["GET,HEAD /{**path}"] = "everyone",
        ["GET /openapi/v1.json"] = "everyone",
        ["* /live"] = "everyone",
        ["* /live/negotiate"] = "everyone",
        ["POST /api/staff/enrolment"] = "strangers",
        ["POST /api/staff/enrolment/completion"] = "strangers",
        ["POST /api/staff/session"] = "strangers",
        ["GET /api/staff/session"] = "staff",
        ["POST /api/staff/session/duty"] = "staff",
        ["DELETE /api/staff/session"] = "staff",
        ["GET /api/administration/staff"] = "Administrator",
        ["POST /api/administration/staff"] = "Administrator",
        ["POST /api/administration/staff/{person}/enrolment"] = "Administrator",
        ["POST /api/administration/staff/{person}/duties"] = "Administrator",
        ["POST /api/administration/staff/{person}/duties/removal"] = "Administrator",
        ["POST /api/administration/staff/{person}/block"] = "Administrator",
        ["POST /api/administration/staff/{person}/block/removal"] = "Administrator",
        ["GET /api/administration/rules"] = "Administrator",
        ["GET /api/administration/localities"] = "Administrator",
        ["POST /api/administration/localities"] = "Administrator",
        ["GET /api/administration/localities/{locality}"] = "Administrator Authority* Auditor*",
        ["POST /api/administration/localities/{locality}/name"] = "Administrator",
        ["POST /api/administration/localities/{locality}/amendments/difference"] = "Administrator Authority*",
        ["POST /api/administration/localities/{locality}/amendments"] = "Administrator Authority*",
        ["POST /api/administration/localities/{locality}/amendments/{amendment}/withdrawal"] = "Administrator Authority*",
        ["POST /api/administration/localities/{locality}/kindergartens"] = "Administrator Authority*",
        ["POST /api/administration/localities/{locality}/kindergartens/import"] = "Administrator Authority*",
    };

    private IEnumerable<string> Endpoints => portal.Portal.Services.GetServices<EndpointDataSource>()
        .SelectMany(source => source.Endpoints)
        .OfType<RouteEndpoint>()
        .Select(endpoint => $"{string.Join(',', endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"])} /{endpoint.RoutePattern.RawText!.TrimStart('/')}");

    [Fact]
    public void Every_endpoint_stands_in_the_table_and_no_other() => Assert.Equal(Table.Keys.Order(StringComparer.Ordinal), Endpoints.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Each_role_may_use_what_the_table_says_and_nothing_else()
    {
        var faults = new List<string>();
        await Ask(null, null, "", faults);
        await Ask(portal.Administrator, Role.Administrator, "", faults);
        foreach (var role in new[] { Role.Authority, Role.Auditor, Role.ServiceCentre, Role.Kindergarten })
        {
            foreach (var scope in role == Role.Kindergarten ? ["k-1", "k-9"] : new[] { Own, "astana" })
            {
                await Ask(await portal.Hire($"{role}-{scope}".ToLowerInvariant(), role, scope), role, scope, faults);
            }
        }

        Assert.Empty(faults);
    }

    // Nothing that is asked is well made, so who is let in changes nothing: it is told what is wrong with the request.
    private async Task Ask(Signed? who, Role? role, string scope, List<string> faults)
    {
        foreach (var (endpoint, allowed) in Table.Where(row => row.Value != "everyone" && row.Key != "DELETE /api/staff/session"))
        {
            var (method, address) = (new HttpMethod(endpoint.Split(' ')[0]), endpoint.Split(' ')[1].Replace("{locality}", Own, StringComparison.Ordinal));
            var body = method == HttpMethod.Get ? null : "{}";
            var type = endpoint.EndsWith("/import", StringComparison.Ordinal) ? "text/csv" : "application/json";
            var reply = await portal.Send(method, address, body, who?.Headers(key: null) ?? [], type);
            var expected = allowed switch
            {
                "strangers" or "staff" when who is not null || allowed == "strangers" => true,
                "staff" => false,
                _ => allowed.Split(' ').Any(right => right.TrimEnd('*') == role?.ToString() && (!right.EndsWith('*') || scope == Own)),
            };
            var isIn = reply.Status is not 401 and not 403;
            if (isIn != expected || (!isIn && reply.Reason != (who is null ? "no-session" : "forbidden")) || reply.Status >= 500)
            {
                faults.Add($"{role} {scope}: {endpoint}: {reply.Status} {reply.Text}");
            }
        }
    }
}

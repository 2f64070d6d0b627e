using System.Security.Cryptography;
using System.Text.Json;
using EOrda.Accounts.Audit;
using EOrda.Actors;
using EOrda.Portal.Idempotency;
using EOrda.Portal.Json;
using EOrda.Portal.OpenApi;
using EOrda.Portal.Problems;
using EOrda.Queues.Rules;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace EOrda.Portal.Administration;

/// <summary>
/// Importing kindergartens from a CSV file. The whole file is checked before anything is done; the answer comes as lines of JSON that tell how far it is, the last
/// one with the report, so that no state has to be kept anywhere and any node of several can do it.
/// </summary>
internal static class ImportEndpoint
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MostBytes = 10 << 20;

    /// <summary>The header with the reason, percent-encoded UTF-8: neither the address nor the file is the place for it.</summary>
    public const string ReasonHeader = "Audit-Reason";

    private const string Csv = "text/csv";
    private const string Lines = "application/x-ndjson";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(KindergartenAdministrationEndpoints.Address + "/import", Import)
            .WithTags("Administration")
            .WithSummary("Imports kindergartens from CSV; with dryRun=true it only says what it would do")
            .Accepts<string>(Csv)
            .DescribesStaffCommand<ImportLine>("Lines of JSON: how far it is, the last one with the report.")
            .IsKeyed()
            .WithMetadata(Permissions.OfLocality, new FileSize());

    private static async Task Import(HttpContext context, IQueues queues, KindergartenImport import, string locality)
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var media) || !media.MediaType.Equals(Csv, StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(Problem.WrongContentType);
        }

        var isDryRun = request.Query["dryRun"].ToString() == "true";
        IdempotencyKey.Of(context, locality);
        var key = request.Headers[IdempotencyKey.Header].ToString();
        var reason = PlainText.Read(ReasonHeader, Uri.UnescapeDataString(request.Headers[ReasonHeader].ToString()), PlainText.ShortestReason, PlainText.LongestReason);
        if (!(await queues.Directory(context.RequestAborted)).Localities.ContainsKey(locality))
        {
            throw new ProblemException(Problem.Of(Reason.UnknownLocality));
        }

        if (!import.TryBegin())
        {
            throw new ProblemException(Problem.Busy);
        }

        try
        {
            using var content = new MemoryStream();
            await request.Body.CopyToAsync(content, context.RequestAborted);
            var bytes = content.GetBuffer().AsMemory(0, (int)content.Length);
            var directory = await queues.Directory(context.RequestAborted);
            var file = KindergartenFile.Read(bytes, Languages.Wanted(request.Headers.AcceptLanguage), draft => KindergartenImport.Check(directory, draft, locality));
            var report = import.Plan(directory, file, isDryRun);
            if (isDryRun || file.BadRows > 0)
            {
                Begin(context);
                await WriteAsync(context, new ImportLine(0, file.Drafts.Count, report, Problem: null));
                return;
            }

            var details = $"rows={file.Rows} sha256={Convert.ToHexStringLower(SHA256.HashData(bytes.Span))}";
            await Audited.RecordAsync(context, new AuditEntry("kindergartens-imported", "locality", locality) { Locality = locality, Details = details, Reason = reason });
            Begin(context);
            await RunAsync(context, import, locality, key, file, report);
        }
        finally
        {
            import.End();
        }
    }

    private static async Task RunAsync(HttpContext context, KindergartenImport import, string locality, string key, KindergartenFile file, ImportReport report)
    {
        var total = file.Drafts.Count;
        try
        {
            await WriteAsync(context, new ImportLine(0, total, Report: null, Problem: null));
            await import.RunAsync(locality, file.Drafts, key, done => WriteAsync(context, new ImportLine(done, total, done == total ? report : null, Problem: null)), context.RequestAborted);
            if (total == 0)
            {
                await WriteAsync(context, new ImportLine(0, 0, report, Problem: null));
            }
        }
        catch (Exception e) when (ProblemOf(e) is { } problem)
        {
            await WriteAsync(context, new ImportLine(0, total, Report: null, problem.Word));
        }
    }

    private static Problem? ProblemOf(Exception e) => e switch
    {
        ProblemException problem => problem.Problem,
        BusyException => Problem.Busy,
        NotRecordedException => Problem.NotRecorded,
        OutcomeUnknownException => Problem.OutcomeUnknown,
        KeyReusedException => Problem.KeyReused,
        _ => null,
    };

    private static void Begin(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentType = Lines;
        headers.CacheControl = "no-store";

        // nginx keeps an answer back until it is whole otherwise.
        headers["X-Accel-Buffering"] = "no";
    }

    private static async Task WriteAsync(HttpContext context, ImportLine line)
    {
        await JsonSerializer.SerializeAsync(context.Response.Body, line, ApiJson.Web.ImportLine, context.RequestAborted);
        await context.Response.WriteAsync("\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    /// <summary>The body of this endpoint may be larger than that of a command.</summary>
    private sealed class FileSize : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => MostBytes;
    }
}

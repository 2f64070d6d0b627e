using System.Globalization;
using EOrda.Portal.Idempotency;
using EOrda.Portal.Queues;
using EOrda.Portal.Sessions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EOrda.Portal.OpenApi;

/// <summary>Adds to the OpenAPI document what the endpoints' types do not say: headers, bounds, the secret, the meaning of the statuses.</summary>
internal static class PortalDocument
{
    /// <summary>The document's name, and its version.</summary>
    public const string Name = "v1";

    private const string Secret = "applicationSecret";
    private const string StaffSession = "staffSession";

    private static readonly Dictionary<string, string> Statuses = new(StringComparer.Ordinal)
    {
        ["400"] = "bad-input: names the field and its fault.",
        ["401"] = "unauthorized: an application's secret is missing or wrong; of staff: no session, or what was signed in with is wrong.",
        ["403"] = "outside-window: the place is in priority access and the application is not among the first; of staff: the role may not, or the command is another site's.",
        ["404"] = "There is no such locality, queue, application, place, kindergarten, person or amendment.",
        ["409"] = "Refused as things stand; the reason says why.",
        ["408"] = "too-slow: the body did not come in time.",
        ["413"] = "too-large",
        ["415"] = "wrong-content-type: application/json is needed.",
        ["422"] = "Refused whatever happens meanwhile, or the key was used with another command; the reason says why.",
        ["429"] = "too-many-requests or locked: ask again after Retry-After seconds.",
        ["503"] = "starting, busy, unavailable, not-recorded or outcome-unknown: ask again, a command with the same key.",
    };

    public static void Describe(OpenApiOptions options) =>
        options
            .AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "EOrda portal";
                document.Info.Version = "1";
                document.Info.Description = "The kindergarten queue: who waits, which places there are, and taking one. Instants are UTC with milliseconds; refusals are problem details (RFC 9457) with a 'reason'.";
                document.Servers = [];
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
                document.Components.SecuritySchemes[Secret] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The application's secret." };
                document.Components.SecuritySchemes[StaffSession] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "__Host-eorda-session", Description = "The session of a member of staff." };
                return Task.CompletedTask;
            })
            .AddOperationTransformer(async (operation, context, cancel) =>
            {
                var metadata = context.Description.ActionDescriptor.EndpointMetadata;
                operation.Parameters ??= [];
                foreach (var number in metadata.OfType<QueryNumber>())
                {
                    operation.Parameters.Add(Describe(number));
                }

                foreach (var list in metadata.OfType<QueryList>())
                {
                    operation.Parameters.Add(Describe(list));
                }

                if (metadata.OfType<OwnersDescription>().Any())
                {
                    operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Secret, context.Document)] = [] }];
                }

                if (metadata.OfType<CommandDescription>().Any())
                {
                    operation.Parameters.Add(KeyHeader());
                    operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Secret, context.Document)] = [] }];
                }

                if (metadata.OfType<KeyedDescription>().Any())
                {
                    operation.Parameters.Add(KeyHeader());
                }

                if (metadata.OfType<StaffCommandDescription>().Any())
                {
                    operation.Parameters.Add(AntiforgeryHeader());
                }

                if (metadata.OfType<Access>().Any(access => access.NeedsSession))
                {
                    operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(StaffSession, context.Document)] = [] }];
                }

                if (metadata.OfType<WithoutSecret>().FirstOrDefault() is { } open)
                {
                    var answer = operation.Responses!["200"].Content!["application/json"];
                    answer.Schema = new OpenApiSchema { OneOf = [answer.Schema!, await context.GetOrCreateSchemaAsync(open.Answer, cancellationToken: cancel)] };
                    operation.Security = [new OpenApiSecurityRequirement(), new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Secret, context.Document)] = [] }];
                }

                operation.Parameters.Add(LanguageHeader());
                foreach (var (status, response) in operation.Responses ?? [])
                {
                    if (response is OpenApiResponse described)
                    {
                        described.Description = Statuses.GetValueOrDefault(status) ?? metadata.OfType<SuccessDescription>().FirstOrDefault()?.Text ?? described.Description;
                    }
                }
            });

    private static OpenApiParameter Describe(QueryNumber number) => new()
    {
        Name = number.Name,
        In = ParameterLocation.Query,
        Description = number.Meaning,
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Minimum = number.Least.ToString(CultureInfo.InvariantCulture),
            Maximum = number.Most.ToString(CultureInfo.InvariantCulture),
            Default = number.Default,
        },
    };

    private static OpenApiParameter Describe(QueryList list) => new()
    {
        Name = list.Name,
        In = ParameterLocation.Query,
        Description = list.Meaning,
        Schema = new OpenApiSchema { Type = JsonSchemaType.Array, MaxItems = list.Most, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
    };

    private static OpenApiParameter KeyHeader() => new()
    {
        Name = IdempotencyKey.Header,
        In = ParameterLocation.Header,
        Required = true,
        Description = "Of the caller's choice, a new one for each press of a button. Asked again with the same key within 24 hours the command is not decided again and gets the first answer.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyKey.MaxLength, Pattern = "^[!-~]+$" },
    };

    private static OpenApiParameter AntiforgeryHeader() => new()
    {
        Name = ForeignRequests.Header,
        In = ParameterLocation.Header,
        Required = true,
        Description = "What /api/staff/session told as antiforgery: shows that the command comes from a page of this portal.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiParameter LanguageHeader() => new()
    {
        Name = "Accept-Language",
        In = ParameterLocation.Header,
        Description = "kk, ru or en: the language of a problem's title and detail; ru where none of them is asked for.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}

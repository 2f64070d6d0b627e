using System.Text.Json;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;

namespace EOrda.Portal.Problems;

/// <summary>
/// One kind of problem that the portal can answer (RFC 9457): its word, its status, and its body in each language, written once.
/// </summary>
internal sealed class Problem
{
    /// <summary>The portal is starting and does not know yet.</summary>
    public static readonly Problem Starting = new("starting", StatusCodes.Status503ServiceUnavailable);

    /// <summary>A bound is reached; nothing was decided.</summary>
    public static readonly Problem Busy = new("busy", StatusCodes.Status503ServiceUnavailable);

    /// <summary>One application or one address asks too fast; nothing was decided.</summary>
    public static readonly Problem TooManyRequests = new("too-many-requests", StatusCodes.Status429TooManyRequests);

    /// <summary>The disk did not take the decision; nothing has changed.</summary>
    public static readonly Problem NotRecorded = new("not-recorded", StatusCodes.Status503ServiceUnavailable);

    /// <summary>Something failed in the middle; the same key asked again tells.</summary>
    public static readonly Problem OutcomeUnknown = new("outcome-unknown", StatusCodes.Status503ServiceUnavailable);

    /// <summary>The key belongs to another command.</summary>
    public static readonly Problem KeyReused = new("key-reused", StatusCodes.Status422UnprocessableEntity);

    /// <summary>The request is not what it should be.</summary>
    public static readonly Problem BadInput = new("bad-input", StatusCodes.Status400BadRequest);

    /// <summary>The application's secret is missing or wrong.</summary>
    public static readonly Problem Unauthorized = new("unauthorized", StatusCodes.Status401Unauthorized);

    /// <summary>Another site's page asks for a live connection.</summary>
    public static readonly Problem ForeignOrigin = new("foreign-origin", StatusCodes.Status403Forbidden);

    /// <summary>There is nothing at this address.</summary>
    public static readonly Problem NotFound = new("not-found", StatusCodes.Status404NotFound);

    /// <summary>The address does not know the method.</summary>
    public static readonly Problem MethodNotAllowed = new("method-not-allowed", StatusCodes.Status405MethodNotAllowed);

    /// <summary>The body is too large.</summary>
    public static readonly Problem TooLarge = new("too-large", StatusCodes.Status413PayloadTooLarge);

    /// <summary>The body came too slowly.</summary>
    public static readonly Problem TooSlow = new("too-slow", StatusCodes.Status408RequestTimeout);

    /// <summary>The body is not JSON.</summary>
    public static readonly Problem WrongContentType = new("wrong-content-type", StatusCodes.Status415UnsupportedMediaType);

    /// <summary>The portal failed.</summary>
    public static readonly Problem Internal = new("internal", StatusCodes.Status500InternalServerError);

    private static readonly Problem[] OfReasons = [.. Enum.GetValues<Reason>().Select(reason => new Problem(Words.Of(reason), StatusOf(reason)))];

    private readonly byte[][] bodies;

    internal Problem(string word, int status)
    {
        Word = word;
        Status = status;
        bodies = [.. Enum.GetValues<Language>().Select(language => Write(language, field: null, fault: null))];
    }

    /// <summary>The word that names it, the same in every language.</summary>
    public string Word { get; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The problem of a refusal.</summary>
    public static Problem Of(Reason reason) => OfReasons[(int)reason];

    /// <summary>The whole JSON body.</summary>
    public ReadOnlyMemory<byte> In(Language language) => bodies[(int)language];

    /// <summary>The whole JSON body, naming a field and its fault.</summary>
    public ReadOnlyMemory<byte> In(Language language, string field, string fault) => Write(language, field, fault);

    private static int StatusOf(Reason reason) => reason switch
    {
        Reason.UnknownLocality or Reason.UnknownApplication or Reason.UnknownKindergarten or Reason.UnknownPlace or Reason.BadQueue =>
            StatusCodes.Status404NotFound,
        Reason.OutsideWindow => StatusCodes.Status403Forbidden,
        Reason.BadRules or Reason.BadLength or Reason.TooOld or Reason.NotBorn or Reason.WrongCohort or Reason.NotSiblings or Reason.WrongQueue
            or Reason.ReferralLimit or Reason.LapseLimit => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status409Conflict,
    };

    private byte[] Write(Language language, string? field, string? fault)
    {
        var (title, detail) = Wording.Of(Word, language);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Json.ApiJson.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("type", $"urn:eorda:problem:{Word}");
            json.WriteString("title", title);
            json.WriteNumber("status", Status);
            json.WriteString("detail", detail);
            json.WriteString("reason", Word);
            if (field is not null)
            {
                json.WriteString("field", field);
                json.WriteString("fault", fault);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}

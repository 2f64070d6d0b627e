using System.Net.Http.Headers;
using System.Text;

namespace EOrda.Notices.Gateways;

/// <summary>Where and how an SMS gateway is spoken to over HTTP.</summary>
public sealed record HttpSmsOptions
{
    /// <summary>The address to POST to. It may have <c>{id}</c>; a phone number or text in an address would stand in logs, so neither can.</summary>
    public required string Address { get; init; }

    /// <summary>The body with <c>{id}</c>, <c>{phone}</c> (+77…), <c>{digits}</c> (77…) and <c>{text}</c>, each escaped as the type of content needs.</summary>
    public string Body { get; init; } = """{"id":"{id}","to":"{phone}","text":"{text}"}""";

    /// <summary>The type of the body: <c>application/json</c> or <c>application/x-www-form-urlencoded</c>.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>The user of HTTP Basic, or null.</summary>
    public string? User { get; init; }

    /// <summary>The user's password; or, without a user, a bearer token; or null.</summary>
    public string? Secret { get; init; }

    /// <summary>How long an answer is waited for. 1 to 60 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What the body of a 2xx answer must have in it to be a yes, for gateways that tell their faults so; or null.</summary>
    public string? AcceptedWhen { get; init; }

    /// <summary>The status codes that say that the addressee cannot be reached.</summary>
    public IReadOnlyCollection<int> UnreachableStatuses { get; init; } = [404, 410, 422];

    /// <summary>Says what is wrong with the options, or null.</summary>
    public string? Fault() =>
        !Uri.TryCreate(Address.Replace("{id}", "0", StringComparison.Ordinal), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
            ? "the address of the SMS gateway is not an absolute http or https address"
        : Address.Contains("{phone}", StringComparison.Ordinal) || Address.Contains("{digits}", StringComparison.Ordinal) || Address.Contains("{text}", StringComparison.Ordinal)
            ? "the address of the SMS gateway must not have {phone}, {digits} or {text}: put them into the body"
        : ContentType is not (Json or Form) ? $"the content of the SMS gateway must be {Json} or {Form}"
        : !Body.Contains("{text}", StringComparison.Ordinal) || !(Body.Contains("{phone}", StringComparison.Ordinal) || Body.Contains("{digits}", StringComparison.Ordinal))
            ? "the body of the SMS gateway needs {text}, and {phone} or {digits}"
        : Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromSeconds(60) ? "the time-out of the SMS gateway must be 1 to 60 seconds"
        : null;

    internal const string Json = "application/json";

    internal const string Form = "application/x-www-form-urlencoded";

    internal AuthenticationHeaderValue? Authorization =>
        Secret is null ? null
        : User is null ? new AuthenticationHeaderValue("Bearer", Secret)
        : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Secret}")));

    /// <summary>The options without the secret.</summary>
    public override string ToString() => $"SMS gateway at {Address}";
}

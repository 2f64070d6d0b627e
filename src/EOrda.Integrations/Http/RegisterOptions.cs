using System.Net.Http.Headers;
using System.Text;

namespace EOrda.Integrations.Http;

/// <summary>Where and how a register is asked over HTTP.</summary>
public sealed record RegisterOptions
{
    /// <summary>The address; a question's word is appended as the last segment.</summary>
    public required Uri Address { get; init; }

    /// <summary>The user of HTTP Basic, or null.</summary>
    public string? User { get; init; }

    /// <summary>The user's password; or, without a user, a bearer token; or null.</summary>
    public string? Secret { get; init; }

    /// <summary>How long one attempt is waited for. 100 milliseconds to 30 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often it is asked again. 0 to 5.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The wait before it is asked again; twice as long each time, with some chance in it. 10 milliseconds to 10 seconds.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>For so long it is let alone after it failed half of at least ten times within a minute. 1 second to 5 minutes.</summary>
    public TimeSpan LetAlone { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Says what is wrong with the options, or null.</summary>
    public string? Fault() =>
        !Address.IsAbsoluteUri || Address.Scheme is not ("http" or "https") || Address.Query.Length > 0 || Address.UserInfo.Length > 0
            ? "a register's address must be an absolute http or https address without a query and a user"
        : Timeout < TimeSpan.FromMilliseconds(100) || Timeout > TimeSpan.FromSeconds(30) ? "a register's time-out must be 0.1 to 30 seconds"
        : Retries is < 0 or > 5 ? "a register's retries must be 0 to 5"
        : Backoff < TimeSpan.FromMilliseconds(10) || Backoff > TimeSpan.FromSeconds(10) ? "a register's back-off must be 0.01 to 10 seconds"
        : LetAlone < TimeSpan.FromSeconds(1) || LetAlone > TimeSpan.FromMinutes(5) ? "a register must be let alone for 1 to 300 seconds"
        : null;

    /// <summary>The options without user and secret.</summary>
    public override string ToString() => $"register at {Address}";

    internal AuthenticationHeaderValue? Authorization =>
        Secret is null ? null
        : User is null ? new AuthenticationHeaderValue("Bearer", Secret)
        : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Secret}")));
}

/// <summary>The registers that a city is connected with; of one that is null nothing is known.</summary>
public sealed record RegistersOptions
{
    /// <summary>БМГ.</summary>
    public RegisterOptions? MobileNumbers { get; init; }

    /// <summary>ГБД ФЛ.</summary>
    public RegisterOptions? Persons { get; init; }

    /// <summary>ЗАГС.</summary>
    public RegisterOptions? CivilActs { get; init; }

    /// <summary>НОБД.</summary>
    public RegisterOptions? Education { get; init; }

    /// <summary>ЦБДИ.</summary>
    public RegisterOptions? Disability { get; init; }

    /// <summary>ЭНПВП.</summary>
    public RegisterOptions? LargeFamilies { get; init; }
}

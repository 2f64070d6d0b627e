namespace EOrda.Notices.Gateways;

/// <summary>Where and how a mail server is spoken to.</summary>
public sealed record SmtpOptions
{
    /// <summary>The server's name.</summary>
    public required string Host { get; init; }

    /// <summary>The server's port.</summary>
    public int Port { get; init; } = 587;

    /// <summary>How the connection is kept private.</summary>
    public SmtpPrivacy Privacy { get; init; } = SmtpPrivacy.StartTls;

    /// <summary>The user, or null.</summary>
    public string? User { get; init; }

    /// <summary>The user's password, or null.</summary>
    public string? Password { get; init; }

    /// <summary>The sender's address.</summary>
    public required string From { get; init; }

    /// <summary>How long each step is waited for. 1 to 60 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Says what is wrong with the options, or null.</summary>
    public string? Fault() =>
        Host.Length == 0 ? "the mail server has no name"
        : Port is < 1 or > 65_535 ? "the mail server's port must be 1 to 65535"
        : !SmtpMailGateway.IsAddress(From, out _) ? "the sender of e-mails is no address"
        : Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromSeconds(60) ? "the time-out of the mail server must be 1 to 60 seconds"
        : User is not null && Privacy == SmtpPrivacy.None && Host is not ("localhost" or "127.0.0.1" or "::1") ? "a password must not go to a mail server in the clear"
        : null;

    /// <summary>The options without user and password.</summary>
    public override string ToString() => $"mail server {Host}:{Port}";
}

/// <summary>How a connection to a mail server is kept private.</summary>
public enum SmtpPrivacy
{
    /// <summary>Not at all: on the same machine.</summary>
    None,

    /// <summary>STARTTLS, and nothing without it.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,
}

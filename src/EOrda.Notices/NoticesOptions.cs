using EOrda.Notices.Delivery;
using EOrda.Notices.Gateways;

namespace EOrda.Notices;

/// <summary>Where notices are kept and how they are sent.</summary>
public sealed record NoticesOptions
{
    /// <summary>The SQLite file, where there is no server.</summary>
    public required string File { get; init; }

    /// <summary>The connection string of a PostgreSQL server, or null. It has a password: never log it.</summary>
    public string? Server { get; init; }

    /// <summary>The SMS gateway, or null for files.</summary>
    public HttpSmsOptions? Sms { get; init; }

    /// <summary>The mail server, or null for files.</summary>
    public SmtpOptions? Mail { get; init; }

    /// <summary>The directory of the file outbox, for each channel without a gateway; null sends nothing by that channel.</summary>
    public string? FileOutbox { get; init; }

    /// <summary>How fast notices are sent.</summary>
    public DeliveryOptions Delivery { get; init; } = new();

    /// <summary>Says what is wrong with the options, or null.</summary>
    public string? Fault() => Sms?.Fault() ?? Mail?.Fault() ?? Delivery.Fault();

    /// <summary>The options without secrets.</summary>
    public override string ToString() => $"notices in {(Server is null ? File : "PostgreSQL")}";
}

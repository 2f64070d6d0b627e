namespace EOrda.Notices.Gateways;

/// <summary>What came of handing a message to a gateway.</summary>
public enum SendOutcome
{
    /// <summary>The gateway took it.</summary>
    Accepted,

    /// <summary>There was no answer, or none that can be read: the gateway may have taken it. It is handed over again under the same id.</summary>
    Unknown,

    /// <summary>The gateway did not take it. It is handed over again later.</summary>
    Faulty,

    /// <summary>The gateway takes no more for a while.</summary>
    Busy,

    /// <summary>The addressee cannot be reached. Final (001: 43).</summary>
    Unreachable,
}

/// <summary>What came of handing a message to a gateway.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Fault">A code such as <c>http-503</c>, at most 64 characters, never an address or a text; null where it was accepted.</param>
/// <param name="After">How long the gateway asks to be left alone, or null.</param>
public sealed record SendResult(SendOutcome Outcome, string? Fault = null, TimeSpan? After = null)
{
    /// <summary>The gateway took the message.</summary>
    public static SendResult Accepted { get; } = new(SendOutcome.Accepted);
}

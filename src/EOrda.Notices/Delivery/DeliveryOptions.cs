namespace EOrda.Notices.Delivery;

/// <summary>How fast notices are sent.</summary>
public sealed record DeliveryOptions
{
    /// <summary>The most messages a second to each gateway. 1 to 1,000.</summary>
    public int PerSecond { get; init; } = 50;

    /// <summary>The most messages under way to each gateway. 1 to 64.</summary>
    public int AtOnce { get; init; } = 8;

    /// <summary>How many messages are taken on, and written off, in one transaction. 1 to 500.</summary>
    public int Batch { get; init; } = 200;

    /// <summary>Notices older than so many days are removed. 30 to 3,650.</summary>
    public int KeepDays { get; init; } = 400;

    /// <summary>Says what is wrong with the options, or null.</summary>
    public string? Fault() =>
        PerSecond is < 1 or > 1_000 ? "messages a second must be 1 to 1000"
        : AtOnce is < 1 or > 64 ? "messages at once must be 1 to 64"
        : Batch is < 1 or > 500 ? "messages in a batch must be 1 to 500"
        : KeepDays is < 30 or > 3_650 ? "notices must be kept 30 to 3650 days"
        : null;
}

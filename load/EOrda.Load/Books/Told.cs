namespace EOrda.Load.Books;

/// <summary>What a parent asked for.</summary>
internal enum Deed
{
    Reserve,
    Confirm,
    Drop,
}

/// <summary>One thing that a parent asked and what it was told. Instants are the server's Unix milliseconds, as the parent has measured them.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Application">The application.</param>
/// <param name="Turn">The application's deeds are numbered; a repetition has the number of what it repeats.</param>
/// <param name="Deed">What was asked for.</param>
/// <param name="Key">The idempotency key.</param>
/// <param name="Asked">The place that was asked for.</param>
/// <param name="Intended">When it was meant to leave.</param>
/// <param name="Answered">When the answer came.</param>
/// <param name="Status">The HTTP status; 0 when there was no answer.</param>
/// <param name="Reason">The word of a problem, or why there was no answer.</param>
/// <param name="Place">The place given.</param>
/// <param name="Until">Until when.</param>
/// <param name="Referral">The referral given.</param>
/// <param name="IsRepeat">True when the key was asked again after its answer.</param>
internal sealed record Told(
    string Queue,
    string Application,
    int Turn,
    Deed Deed,
    string Key,
    string? Asked,
    double Intended,
    double Answered,
    int Status,
    string? Reason,
    string? Place,
    long? Until,
    string? Referral,
    bool IsRepeat)
{
    /// <summary>How many places the refusal said that the queue has left; null when it did not say.</summary>
    public int? PlacesAvailable { get; init; }

    /// <summary>True for a yes.</summary>
    public bool IsYes => Status == 200;

    /// <summary>True when the portal has said what was decided, be it no.</summary>
    public bool IsDecided => Status is 200 or (>= 400 and < 500 and not 429);

    /// <summary>True when it may have been decided without anybody being told.</summary>
    public bool IsUnknown => Status == 0 || Reason is "outcome-unknown" || Status is >= 500 and not 503;
}

/// <summary>A parent's first press of a morning, for the question whether the race is fair.</summary>
/// <param name="ConnectedAt">When the parent's page was there.</param>
/// <param name="RoundTrip">The way to the portal and back that was played, milliseconds.</param>
/// <param name="IsMachine">True for a machine.</param>
/// <param name="PressedAt">When it pressed.</param>
/// <param name="HasWon">True when this press won a place.</param>
internal sealed record Press(double ConnectedAt, double RoundTrip, bool IsMachine, double PressedAt, bool HasWon);

using EOrda.Load.Measures;

namespace EOrda.Load.Portal;

/// <summary>The server's time as one browser has measured it: how far it is ahead of the tool's own clock, in milliseconds.</summary>
/// <param name="Ahead">Unix milliseconds of the server at the tool's instant 0.</param>
/// <param name="RoundTrip">How long the measurement that counts was on its way; the error is at most half of it.</param>
internal readonly record struct ServerClock(double Ahead, double RoundTrip)
{
    /// <summary>The server's instant now, Unix milliseconds.</summary>
    public double Now => Ticker.Now + Ahead;

    /// <summary>The tool's instant at which the server shows that.</summary>
    public double InstantOf(double unixMilliseconds) => unixMilliseconds - Ahead;

    /// <summary>The server's instant at the tool's.</summary>
    public double ServerTime(double instant) => instant + Ahead;

    /// <summary>What one look says: the server's clock was cut to the millisecond somewhere between asking and answer.</summary>
    public static ServerClock Of(double asked, double answered, double serverMilliseconds) =>
        new(serverMilliseconds + 0.5 - (asked + answered) / 2, answered - asked);

    /// <summary>The better of two.</summary>
    public ServerClock Or(ServerClock other) => other.RoundTrip < RoundTrip ? other : this;
}

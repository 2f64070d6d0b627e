using EOrda.Portal.Problems;

namespace EOrda.Portal.Admission;

/// <summary>Turns requests away in bytes that were written beforehand, and counts them.</summary>
internal sealed class Refusals(AdmissionMetrics metrics)
{
    private const int LatestReturn = 2;
    private static readonly QuickRefusal TooBusy = new(Problem.Busy);
    private static readonly QuickRefusal TooMany = new(Problem.TooManyRequests);
    private static readonly QuickRefusal NotProved = new(Problem.Unauthorized);
    private static readonly QuickRefusal Foreign = new(Problem.ForeignOrigin);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private uint turnedAway;

    /// <summary>More is under way, or comes a second, than may.</summary>
    public void Busy(HttpContext context)
    {
        metrics.Busy();
        ComeAgain(context);
    }

    /// <summary>More comes that proves nothing than is even told so.</summary>
    public void Unproved(HttpContext context)
    {
        metrics.Unproved();
        ComeAgain(context);
    }

    /// <summary>Its address asks too fast, or has as many open as it may.</summary>
    /// <param name="context">The request.</param>
    /// <param name="wait">When to ask again; null for soon.</param>
    public void OfAddress(HttpContext context, TimeSpan? wait = null)
    {
        metrics.OfAddress();
        TooMany.Write(context, wait ?? Soon);
    }

    /// <summary>Its application asks too fast, or has as many open as it may.</summary>
    /// <param name="context">The request.</param>
    /// <param name="wait">When to ask again; null for soon.</param>
    public void OfApplication(HttpContext context, TimeSpan? wait = null)
    {
        metrics.OfApplication();
        TooMany.Write(context, wait ?? Soon);
    }

    /// <summary>It does not prove to come from its application.</summary>
    public static void Unauthorized(HttpContext context) => NotProved.Write(context);

    /// <summary>Another site's page asks for a live connection.</summary>
    public void ForeignOrigin(HttpContext context)
    {
        metrics.ForeignOrigin();
        Foreign.Write(context);
    }

    // Not all in the same second again.
    private void ComeAgain(HttpContext context) => TooBusy.Write(context, TimeSpan.FromSeconds(1 + (Interlocked.Increment(ref turnedAway) % LatestReturn)));
}

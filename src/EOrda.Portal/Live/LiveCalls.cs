using EOrda.Portal.Admission;

namespace EOrda.Portal.Live;

/// <summary>How fast the browsers of each address may open live connections and send messages. Safe for use by several threads.</summary>
internal sealed class LiveCalls(LiveLimits limits, AdmissionLimits admission, TimeProvider time)
{
    private readonly RateTable addresses = new(admission.RatesKept, limits.AddressCallRate, limits.AddressCallBurst, time);

    /// <summary>Takes one call of an address; callers without an address are not counted.</summary>
    public bool MayCall(int? caller) => caller is not { } key || addresses.Take(key) is null;
}

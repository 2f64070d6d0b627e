namespace EOrda.Portal.Admission;

/// <summary>
/// How fast an address may look at applications whose secret it does not show. A family looks at its own with the secret, so this is only met by whoever goes
/// through other people's. Safe for use by several threads.
/// </summary>
internal sealed class LookRates(AdmissionLimits limits, TimeProvider time)
{
    private readonly RateTable addresses = new(limits.RatesKept, limits.LookRate, limits.LookBurst, time);

    /// <summary>Takes one look of an address; null when it may be answered, else when to ask again. Callers without an address are not counted.</summary>
    public TimeSpan? Take(int? caller) => caller is { } key ? addresses.Take(key) : null;
}

namespace EOrda.Portal.Admission;

/// <summary>How fast everybody together, each address and each application may ask. Safe for use by several threads.</summary>
internal sealed class Rates(AdmissionLimits limits, TimeProvider time)
{
    private const int Everybody = 0;

    // How far all together may run ahead of their rate after a pause.
    private const double BurstSeconds = 0.2;

    private readonly RateTable addresses = new(limits.RatesKept, limits.AddressRate, limits.AddressBurst, time);
    private readonly RateTable applications = new(limits.RatesKept, limits.ApplicationRate, limits.ApplicationBurst, time);
    private readonly RateTable commands = Together(limits.CommandRate, time);
    private readonly RateTable unproved = Together(limits.UnprovedRate, time);

    /// <summary>Takes one of all commands that have proved themselves; null when it may be decided, else when to ask again.</summary>
    public TimeSpan? TakeCommand() => commands.Take(Everybody);

    /// <summary>Takes one of all requests that proved nothing and get no answer but that; null when it may be told so, else when to ask again.</summary>
    public TimeSpan? TakeUnproved() => unproved.Take(Everybody);

    /// <summary>Takes one request of an address; null when it may be answered, else when to ask again. Callers without an address are not counted.</summary>
    public TimeSpan? TakeOfAddress(int? caller) => caller is { } key ? addresses.Take(key) : null;

    /// <summary>Takes one command of an application that has proved itself; null when it may be decided, else when to ask again.</summary>
    public TimeSpan? TakeOfApplication(int application) => applications.Take(application);

    private static RateTable Together(int rate, TimeProvider time) => new(kept: 1, rate, (int)Math.Max(1, rate * BurstSeconds), time);
}

using EOrda.Portal.Live;

namespace EOrda.Portal.Admission;

/// <summary>What each application and each address has open at once.</summary>
internal sealed class UnderWay(AdmissionLimits limits, LiveLimits live)
{
    /// <summary>Commands of each application, from their proof to their answer.</summary>
    public CountTable OfApplications { get; } = new(limits.RatesKept, limits.ApplicationRequests);

    /// <summary>Looks and commands of each address, until their answer is written.</summary>
    public CountTable OfAddresses { get; } = new(limits.RatesKept, limits.AddressRequests);

    /// <summary>Live connections of each address.</summary>
    public CountTable LiveOfAddresses { get; } = new(limits.RatesKept, live.ConnectionsPerAddress);
}

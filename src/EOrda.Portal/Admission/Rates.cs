using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EOrda.Portal.Admission;

/// <summary>How fast everybody together, each address and each application may ask. Safe for use by several threads.</summary>
internal sealed class Rates(AdmissionLimits limits, TimeProvider time)
{
    private const int AddressBytes = 16;

    // Whoever has one IPv6 address has 64 bits of them.
    private const int PrefixBytes = 8;
    private const int Everybody = 0;

    // How far all commands together may run ahead of their rate after a pause.
    private const double BurstSeconds = 0.2;

    private readonly RateTable addresses = new(limits.RatesKept, limits.AddressRate, limits.AddressBurst, time);
    private readonly RateTable applications = new(limits.RatesKept, limits.ApplicationRate, limits.ApplicationBurst, time);

    private readonly RateTable together = new(kept: 1, limits.CommandRate, (int)Math.Max(1, limits.CommandRate * BurstSeconds), time);

    /// <summary>Takes one command of all that are decided; null when it may be, else when to ask again.</summary>
    public TimeSpan? Take() => together.Take(Everybody);

    /// <summary>Takes one request of an address; null when it may be answered, else when to ask again. Callers without an address are not counted.</summary>
    public TimeSpan? Take(IPAddress? address) => address is null ? null : addresses.Take(KeyOf(address));

    /// <summary>A number for all addresses of one caller that nobody outside can foresee: the address, of IPv6 its /64.</summary>
    public static int KeyOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[AddressBytes];
        address.TryWriteBytes(bytes, out var length);
        var counted = address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6 ? PrefixBytes : length;

        // The hash of text has a secret of the process in it.
        return string.GetHashCode(MemoryMarshal.Cast<byte, char>(bytes[..counted]), StringComparison.Ordinal);
    }

    /// <summary>Takes one command of an application that has proved itself; null when it may be decided, else when to ask again.</summary>
    public TimeSpan? Take(string application) => applications.Take(string.GetHashCode(application, StringComparison.Ordinal));
}

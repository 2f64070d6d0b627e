using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EOrda.Portal.Admission;

/// <summary>By what applications and addresses are counted.</summary>
internal static class Callers
{
    private const int AddressBytes = 16;

    // Whoever has one IPv6 address has 64 bits of them.
    private const int PrefixBytes = 8;

    /// <summary>The key of an address: of IPv6 that of its /64. Null without an address; such a caller is not counted.</summary>
    public static int? KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[AddressBytes];
        address.TryWriteBytes(bytes, out var length);
        var counted = address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6 ? PrefixBytes : length;

        // The hash of text has a secret of the process in it: nobody outside can find two keys that meet.
        return string.GetHashCode(MemoryMarshal.Cast<byte, char>(bytes[..counted]), StringComparison.Ordinal);
    }

    /// <summary>The key of an application.</summary>
    public static int KeyOf(string application) => string.GetHashCode(application, StringComparison.Ordinal);
}

using System.Net;

namespace EOrda.Accounts;

/// <summary>Where a request comes from.</summary>
/// <param name="Address">The caller's address, as the portal trusts it.</param>
/// <param name="DeviceToken">The token of the device cookie, or null. A token that is bound to no account says nothing.</param>
public sealed record Origin(IPAddress Address, string? DeviceToken = null)
{
    /// <summary>The address as it is counted: of IPv6 the network of 64 bits, since one caller has all of it.</summary>
    internal string Network
    {
        get
        {
            var address = Address.IsIPv4MappedToIPv6 ? Address.MapToIPv4() : Address;
            if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6)
            {
                return address.ToString();
            }

            var bytes = address.GetAddressBytes();
            bytes.AsSpan(8).Clear();
            return new IPAddress(bytes).ToString();
        }
    }

    /// <summary>Tells no token.</summary>
    public override string ToString() => Address.ToString();
}

/// <summary>Who acts: a valid session, and where the request came from.</summary>
/// <param name="Session">The session.</param>
/// <param name="Origin">Where the request came from.</param>
public sealed record Acting(Sessions.Session Session, Origin Origin);

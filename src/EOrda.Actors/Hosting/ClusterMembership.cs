using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace EOrda.Actors.Hosting;

/// <summary>How a node joins the other nodes of a cluster. All of them use the same database.</summary>
public sealed record ClusterMembership
{
    /// <summary>The name or address by which the other nodes reach this one; it listens there and nowhere else.</summary>
    public required string Host { get; init; }

    /// <summary>The port on which it listens for the other nodes.</summary>
    public required int Port { get; init; }

    /// <summary>The nodes that others join, as <c>host:port</c>; the same list on all nodes. The first one may found the cluster.</summary>
    public required IReadOnlyList<string> Seeds { get; init; }

    /// <summary>The node's own certificate with its private key: nodes speak TLS only, and each shows a certificate.</summary>
    public required X509Certificate2 Certificate { get; init; }

    /// <summary>Who must have signed the certificate of every other node.</summary>
    public required X509Certificate2 Authority { get; init; }

    /// <summary>Splits <c>host:port</c>.</summary>
    /// <returns>False when it is not that, or the port is not between 1 and 65535.</returns>
    public static bool TrySplit(string address, out string host, out int port)
    {
        var colon = address.LastIndexOf(':');
        host = colon > 0 ? address[..colon] : "";
        port = 0;
        return host.Length > 0
            && !host.Contains('/', StringComparison.Ordinal)
            && int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port is > 0 and <= ushort.MaxValue;
    }

    /// <summary>True when the certificate is in force and signed by the authority. What the machine trusts otherwise does not count.</summary>
    internal bool Trusts(X509Certificate2? certificate)
    {
        if (certificate is null)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Authority);

        // A city's own authority publishes no list of revoked certificates; a stolen one is answered by a new authority.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}

using System.Net;

namespace EOrda.Portal.Hosting;

/// <summary>
/// Addresses without TLS. Secrets that pass over a network in the clear are anybody's, so the portal listens without TLS on this machine's own address only, unless
/// it is started with <c>--insecure</c>: behind a proxy on another machine, in a network that nobody else is in.
/// </summary>
internal static class PlainAddresses
{
    private const string Setting = "insecure";
    private const string OfKestrel = "Kestrel:Endpoints";

    /// <summary>Checks where the portal is to listen.</summary>
    /// <exception cref="InvalidSettingException">Without TLS on an address that others reach, and nobody said that it may.</exception>
    public static void Check(IConfiguration configuration)
    {
        if (AreAllowed(configuration))
        {
            return;
        }

        foreach (var url in (configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            Check("--urls", url);
        }

        foreach (var endpoint in configuration.GetSection(OfKestrel).GetChildren())
        {
            Check($"--{endpoint.Path}:Url", endpoint["Url"] ?? "");
        }
    }

    /// <summary>True when the operator said that plain HTTP may be used anywhere.</summary>
    /// <exception cref="InvalidSettingException">What was said is neither true nor false.</exception>
    public static bool AreAllowed(IConfiguration configuration) => MayBeAnywhere(configuration[Setting]);

    private static void Check(string setting, string url)
    {
        if (url.StartsWith("http:", StringComparison.OrdinalIgnoreCase) && !IsOwn(url))
        {
            throw new InvalidSettingException($"{setting}: '{url}' is without TLS and reached by others. Use https, or 127.0.0.1 behind a proxy; --insecure if it must be.");
        }
    }

    // A name that is no address of this machine's own is listened to on all of them.
    private static bool IsOwn(string url)
    {
        try
        {
            var host = BindingAddress.Parse(url).Host;
            return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.AsSpan().Trim("[]"), out var address) && IPAddress.IsLoopback(address));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool MayBeAnywhere(string? setting) => setting switch
    {
        null => false,
        _ when bool.TryParse(setting, out var may) => may,
        _ => throw new InvalidSettingException($"--{Setting}: '{setting}' is neither 'true' nor 'false'."),
    };
}

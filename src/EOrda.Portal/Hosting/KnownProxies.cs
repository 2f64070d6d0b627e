using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace EOrda.Portal.Hosting;

/// <summary>The reverse proxies whose <c>X-Forwarded-For</c> is believed; from anybody else it says nothing.</summary>
internal static class KnownProxies
{
    /// <summary>Reads addresses and networks with <c>;</c> between them.</summary>
    /// <exception cref="InvalidSettingException">One is neither.</exception>
    public static IReadOnlyList<IPNetwork> Parse(string? text) =>
        [.. (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Network)];

    /// <summary>Has the caller of a known proxy stand for itself. Where no proxy is known, nothing is done.</summary>
    public static void Use(WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<PortalSettings>().Proxies;
        if (proxies.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownIPNetworks.Add(proxy);
        }

        app.UseForwardedHeaders(options);
    }

    private static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, 8 * address.GetAddressBytes().Length)
        : throw new InvalidSettingException($"--proxies: '{text}' is neither an address nor a network such as 10.1.0.0/16.");
}

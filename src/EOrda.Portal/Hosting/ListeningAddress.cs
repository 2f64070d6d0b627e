using System.Net;

namespace EOrda.Portal.Hosting;

/// <summary>On which addresses the portal may listen. Asked for each one, wherever it was configured.</summary>
internal static class ListeningAddress
{
    /// <summary>In Development secrets are given away, so nobody but this machine may ask.</summary>
    /// <exception cref="InvalidSettingException">It may not listen there.</exception>
    public static void Check(EndPoint endpoint, bool isDevelopment)
    {
        if (isDevelopment && endpoint is IPEndPoint { Address: var address } && !IPAddress.IsLoopback(address))
        {
            throw new InvalidSettingException($"--urls: in Development the portal gives secrets away, so it listens on this machine's own address (localhost) only, not on {endpoint}.");
        }
    }
}

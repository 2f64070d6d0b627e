using System.Net.Sockets;
using System.Text;
using Xunit;

namespace EOrda.Portal.Tests.Support;

/// <summary>A connection without manners.</summary>
internal sealed class RawClient : IDisposable
{
    /// <summary>A request that is in order.</summary>
    public const string Look = "GET /api/time HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

    private const string Claim = """{"place":"P-1"}""";

    private readonly TcpClient tcp = new() { ReceiveBufferSize = 4096, NoDelay = true };

    /// <summary>Connects to a portal.</summary>
    public static async Task<RawClient> ConnectAsync(TestPortal portal)
    {
        var client = new RawClient();
        await client.tcp.ConnectAsync(portal.Http.BaseAddress!.Host, portal.Http.BaseAddress.Port);
        return client;
    }

    /// <summary>One that has asked and been answered, and stays.</summary>
    public static async Task<RawClient> AskedAsync(TestPortal portal)
    {
        var client = await ConnectAsync(portal);
        await client.SendAsync(Look);
        Assert.StartsWith("HTTP/1.1 200", await client.ReadAsync(), StringComparison.Ordinal);
        return client;
    }

    /// <summary>One that claims a place and sends the first bytes of a body of which the portal waits for the rest.</summary>
    public static async Task<RawClient> ClaimingAsync(TestPortal portal, string application, string from = "127.0.0.1")
    {
        var client = await ConnectAsync(portal);
        await client.SendAsync($"POST {TestPortal.AddressOf(application)}/reservation HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {from}\r\nAuthorization: Bearer {portal.SecretOf(application)}\r\nIdempotency-Key: slow\r\nContent-Type: application/json\r\nContent-Length: {Claim.Length}\r\nExpect: 100-continue\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 100", await client.ReadAsync(), StringComparison.Ordinal);
        await client.SendAsync(Claim[..5]);
        return client;
    }

    /// <summary>Sends the rest of the body and reads the answer.</summary>
    public async Task<string> ClaimAsync()
    {
        await SendAsync(Claim[5..]);
        return await ReadAsync();
    }

    /// <summary>Sends text, a byte for each character.</summary>
    public async Task SendAsync(string text) => await tcp.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends text if the connection is still open.</summary>
    public async Task TrySendAsync(string text)
    {
        try
        {
            await SendAsync(text);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // Closed meanwhile.
        }
    }

    /// <summary>Reads what has come; nothing at the end.</summary>
    public async Task<string> ReadAsync()
    {
        var buffer = new byte[8192];
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            return Encoding.ASCII.GetString(buffer, 0, await tcp.GetStream().ReadAsync(buffer, patience.Token));
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>Reads until the portal closes.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var all = new StringBuilder();
        while (await ReadAsync() is { Length: > 0 } more)
        {
            all.Append(more);
        }

        return all.ToString();
    }

    public void Dispose() => tcp.Dispose();
}

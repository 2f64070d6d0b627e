using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EOrda.Doubles;

/// <summary>
/// An HTTP server on the loopback address that answers as the test says, byte for byte: slowly, wrongly, twice or not at all. It keeps connections open.
/// </summary>
internal sealed class HttpDouble : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<string> _requests = [];
    private readonly Task _accepting;

    public HttpDouble()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>What is answered to a request: raw bytes, or null to close the connection without an answer. It may wait until the end of the double.</summary>
    public Func<string, CancellationToken, Task<string?>> Answer { get; set; } = (_, _) => Task.FromResult<string?>(Status(200));

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>The requests that came, head and body.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    /// <summary>An answer with a status, a body and more header lines.</summary>
    public static string Status(int status, string body = "", params string[] headers) =>
        $"HTTP/1.1 {status} X\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{string.Concat(headers.Select(header => $"{header}\r\n"))}\r\n{body}";

    /// <summary>Answers everything the same way.</summary>
    public void Always(string? answer) => Answer = (_, _) => Task.FromResult(answer);

    /// <summary>Answers nothing until the end.</summary>
    public void Silent() => Answer = async (_, end) =>
    {
        await Task.Delay(Timeout.Infinite, end);
        return null;
    };

    /// <summary>An address where nobody listens.</summary>
    public static string Nobody()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";
        listener.Stop();
        return address;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting.WaitAsync(TimeSpan.FromSeconds(10));
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                while (await ReadAsync(stream) is { } request)
                {
                    lock (_requests)
                        _requests.Add(request);
                    if (await Answer(request, _end.Token) is not { } answer)
                        return;
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _end.Token);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The other side went away, or the test has ended.
                return;
            }
        }
    }

    private async Task<string?> ReadAsync(NetworkStream stream)
    {
        var read = new List<byte>();
        var buffer = new byte[4096];
        while (true)
        {
            var text = Encoding.UTF8.GetString([.. read]);
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head >= 0 && Encoding.UTF8.GetByteCount(text) >= Encoding.UTF8.GetByteCount(text[..head]) + 4 + LengthIn(text[..head]))
                return text;
            var length = await stream.ReadAsync(buffer, _end.Token);
            if (length == 0)
                return null;
            read.AddRange(buffer.AsSpan(0, length));
        }
    }

    private static int LengthIn(string head)
    {
        const string Name = "content-length:";
        var line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith(Name, StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line.AsSpan(Name.Length));
    }
}

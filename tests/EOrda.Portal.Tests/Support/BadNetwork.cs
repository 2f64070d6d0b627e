using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EOrda.Portal.Tests.Support;

/// <summary>
/// A network between a browser and the portal that does to each request what the test says. One request a connection; an upgraded connection is passed on both ways
/// until either side or the test ends it.
/// </summary>
internal sealed class BadNetwork : IAsyncDisposable
{
    private const int MostConnections = 256;
    private const int LongestHead = 32 * 1024;
    private const int LongestBody = 64 * 1024;
    private static readonly TimeSpan LongestConnection = TimeSpan.FromMinutes(5);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly SemaphoreSlim room = new(MostConnections);
    private readonly CancellationTokenSource ending = new(LongestConnection);
    private readonly Uri portal;
    private readonly Task accepting;
    private CancellationTokenSource connected = new();

    private BadNetwork(Uri portal)
    {
        this.portal = portal;
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        accepting = AcceptAsync();
    }

    /// <summary>Where the portal is to be found behind this network.</summary>
    public Uri Address { get; }

    /// <summary>Says what becomes of a request.</summary>
    public Func<PassingRequest, Fate> Decide { get; set; } = _ => Fate.Pass;

    /// <summary>What has come, in its order.</summary>
    public ConcurrentQueue<PassingRequest> Seen { get; } = [];

    /// <summary>Begins to pass on.</summary>
    public static BadNetwork Before(TestPortal portal) => new(portal.Http.BaseAddress!);

    /// <summary>Ends every connection there is.</summary>
    public void Cut() => Interlocked.Exchange(ref connected, new CancellationTokenSource()).Cancel();

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await accepting;
        ending.Dispose();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await room.WaitAsync(ending.Token);
                _ = ServeAsync(await listener.AcceptTcpClientAsync(ending.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, connected.Token);
        try
        {
            using (client)
            {
                var browser = client.GetStream();
                if (await PassingRequest.ReadAsync(browser, LongestHead, LongestBody, stop.Token) is { } request)
                {
                    Seen.Enqueue(request);
                    await MeetAsync(Decide(request), request, browser, stop.Token);
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // Cut, by either side or by the test: the connection is gone, as it is meant to be.
        }
        finally
        {
            room.Release();
        }
    }

    private async Task MeetAsync(Fate fate, PassingRequest request, NetworkStream browser, CancellationToken stop)
    {
        if (fate is Fate.Answered(var status, var retryAfter))
        {
            var wait = retryAfter is { } seconds ? $"Retry-After: {seconds.ToString(CultureInfo.InvariantCulture)}\r\n" : "";
            await browser.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Bad Network\r\n{wait}Content-Length: 0\r\nConnection: close\r\n\r\n"), stop);
        }
        else if (fate is Fate.Passed or Fate.Swallowed { Forwards: true })
        {
            await Task.Delay(fate is Fate.Passed(var after) ? after : TimeSpan.Zero, stop);
            using var upstream = new TcpClient();
            await upstream.ConnectAsync(portal.Host, portal.Port, stop);
            var server = upstream.GetStream();
            await server.WriteAsync(request.IsUpgrade ? request.Bytes : request.Closing(), stop);
            if (fate is Fate.Swallowed)
            {
                await server.CopyToAsync(Stream.Null, stop);
                await Task.Delay(Timeout.Infinite, stop);
            }

            var down = request.CopyAnswerAsync(server, browser, stop);
            await (request.IsUpgrade ? Task.WhenAny(down, browser.CopyToAsync(server, stop)).Unwrap() : down);
        }
        else if (fate is Fate.Swallowed)
        {
            await Task.Delay(Timeout.Infinite, stop);
        }
    }
}

/// <summary>What a network does to a request.</summary>
internal abstract record Fate
{
    /// <summary>Passes it on, and its answer back.</summary>
    public static readonly Fate Pass = new Passed(TimeSpan.Zero);

    /// <summary>Closes the connection.</summary>
    public static readonly Fate Cut = new Closed();

    /// <summary>Lets the portal never hear of it, and never answers.</summary>
    public static readonly Fate Lose = new Swallowed(Forwards: false);

    /// <summary>Passes it on, and loses the answer.</summary>
    public static readonly Fate LoseAnswer = new Swallowed(Forwards: true);

    /// <summary>Answers in the portal's stead, as a proxy does.</summary>
    public static Fate Answer(int status, int? retryAfter = null) => new Answered(status, retryAfter);

    /// <summary>Passes it on after a while, and its answer back.</summary>
    public static Fate Late(TimeSpan by) => new Passed(by);

    internal sealed record Passed(TimeSpan After) : Fate;

    internal sealed record Closed : Fate;

    internal sealed record Swallowed(bool Forwards) : Fate;

    internal sealed record Answered(int Status, int? RetryAfter) : Fate;
}

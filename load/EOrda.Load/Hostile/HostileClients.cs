using System.Net.Sockets;
using System.Text;
using EOrda.Load.Live;
using EOrda.Load.Portal;
using EOrda.Load.Runs;

namespace EOrda.Load.Hostile;

/// <summary>One client of each hostile kind. Each goes on until it is thrown out or told to end.</summary>
internal sealed class HostileClients(Assignment assignment, Budget budget) : IDisposable
{
    private const int ConnectionsOfAClient = 4;
    private const int GatheredAtOnce = 32;
    private const double PingEverySeconds = 30;

    private static readonly (string Path, string Body)[] BadInputs =
    [
        ("/reservation", "{"),
        ("/reservation", """{"place":1}"""),
        ("/reservation", """{"place":"X","place":"Y"}"""),
        ("/reservation", """{"unknown":"X"}"""),
        ("/reservation", $$"""{"place":"{{new string('x', 6_000)}}"}"""),
        ("/reservation", "[[[[[[[[[[[[[[[[[[[[[["),
        ("/nowhere", "{}"),
        ("/referral/extension", "null"),
    ];

    private readonly Lazy<PortalApi> shared = new(() => new PortalApi(assignment.Address, GatheredAtOnce, budget));
    private readonly SemaphoreSlim gathering = new(GatheredAtOnce);
    private int watched;

    /// <summary>How many watch idly now.</summary>
    public int Watching => Volatile.Read(ref watched);

    private string HostLine => $"Host: {assignment.Address.Authority}\r\n";

    /// <inheritdoc/>
    public void Dispose()
    {
        gathering.Dispose();
        if (shared.IsValueCreated)
        {
            shared.Value.Dispose();
        }
    }

    /// <summary>Claims with a good secret, each time with a new key, as fast as it is answered. The place does not exist, so that the books stay clear.</summary>
    public async Task HammerAsync(int number, CancellationToken stop)
    {
        using var api = new PortalApi(assignment.Address, ConnectionsOfAClient, budget);
        var who = assignment.Parents[number % assignment.Parents.Count];
        var body = "{\"place\":\"nowhere\"}"u8.ToArray();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await api.SendAsync(HttpMethod.Post, PortalApi.AddressOf(who) + "/reservation", who.Secret, $"hammer-{number}-{i}-{Environment.TickCount64}", body, stop);
        }
    }

    /// <summary>Sends what no page sends, with wrong secrets in between.</summary>
    public async Task SendBadInputAsync(int number, CancellationToken stop)
    {
        using var api = new PortalApi(assignment.Address, ConnectionsOfAClient, budget);
        var who = assignment.Parents[number % assignment.Parents.Count];
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var (path, body) = BadInputs[i % BadInputs.Length];
            var secret = i % 3 == 0 ? "wrong" : who.Secret;
            await api.SendAsync(HttpMethod.Post, PortalApi.AddressOf(who) + path, secret, $"bad-{number}-{i}", Encoding.UTF8.GetBytes(body), stop);
        }
    }

    /// <summary>Watches the queue in which nothing happens, reads, and says that it is there, as a page left open does.</summary>
    public async Task WatchIdlyAsync(int number, CancellationToken stop)
    {
        await gathering.WaitAsync(stop);
        SignalRConnection connection;
        try
        {
            connection = await SignalRConnection.OpenAsync(shared.Value, Browser.Hub, stop);
        }
        finally
        {
            gathering.Release();
        }

        await using var watching = connection;
        await connection.InvokeAsync("Watch", assignment.Queues[^1], number: 1, stop);
        Interlocked.Increment(ref watched);
        var reading = connection.ReceiveAsync(_ => { });
        try
        {
            while (!reading.IsCompleted)
            {
                await Task.Delay(TimeSpan.FromSeconds(PingEverySeconds * (0.5 + Random.Shared.NextDouble() / 2)), stop);
                await connection.SendAsync(SignalRConnection.Ping, stop);
            }
        }
        finally
        {
            Interlocked.Decrement(ref watched);
        }
    }

    /// <summary>Watches a queue and takes nothing of what is sent.</summary>
    public async Task WatchAndNeverReadAsync(int number, CancellationToken stop)
    {
        using var api = new PortalApi(assignment.Address, ConnectionsOfAClient, budget);
        await using var connection = await SignalRConnection.OpenAsync(api, Browser.Hub, stop);
        await connection.InvokeAsync("Watch", assignment.Queues[number % assignment.Queues.Count], number: 1, stop);
        while (true)
        {
            // It says that it is there, and so lives until its buffers are full.
            await Task.Delay(TimeSpan.FromSeconds(5), stop);
            await connection.SendAsync(SignalRConnection.Ping, stop);
        }
    }

    /// <summary>Sends a request's head a letter a second.</summary>
    public async Task SendHeadSlowlyAsync(int number, CancellationToken stop)
    {
        using var socket = await PortalSocket.ConnectAsync(assignment.Address, stop);
        var head = Encoding.ASCII.GetBytes($"GET /api/time HTTP/1.1\r\n{HostLine}X-Slow: {new string('z', 500)}{number}");
        foreach (var letter in head)
        {
            await socket.SendAsync(new[] { letter }, SocketFlags.None, stop);
            await Task.Delay(TimeSpan.FromSeconds(1), stop);
        }
    }

    /// <summary>Sends a body in small pieces without an end.</summary>
    public async Task SendEndlessBodyAsync(int number, CancellationToken stop)
    {
        using var socket = await PortalSocket.ConnectAsync(assignment.Address, stop);
        var who = assignment.Parents[number % assignment.Parents.Count];
        var head = $"POST {PortalApi.AddressOf(who)}/reservation HTTP/1.1\r\n{HostLine}Content-Type: application/json\r\nAuthorization: Bearer {who.Secret}\r\nIdempotency-Key: endless-{number}\r\nTransfer-Encoding: chunked\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(head), SocketFlags.None, stop);
        while (true)
        {
            await socket.SendAsync("1\r\n \r\n"u8.ToArray(), SocketFlags.None, stop);
            await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
        }
    }

    /// <summary>Asks for the upgrade and says nothing more.</summary>
    public async Task UpgradeAndSayNothingAsync(int number, CancellationToken stop)
    {
        using var socket = await PortalSocket.ConnectAsync(assignment.Address, stop);
        var request = WebSocketOpening.RequestFor(assignment.Address, Browser.Hub, Convert.ToBase64String(Encoding.ASCII.GetBytes($"half-open-{number:D6}")));
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), SocketFlags.None, stop);
        var ignored = new byte[4_096];
        while (await socket.ReceiveAsync(ignored, SocketFlags.None, stop) > 0)
        {
            // Until it is thrown out.
        }
    }
}

using System.Collections.Concurrent;
using EOrda.Load.Measures;

namespace EOrda.Load.Portal;

/// <summary>
/// The connections that the commands of a process go over, as behind a proxy: each request takes a free one, and waits for one where all are busy.
/// One whose answer does not come in time is closed. Safe for use by several threads.
/// </summary>
internal sealed class RawConnections : IDisposable
{
    // The portal closes what has rested for 130 seconds.
    private const double RestsAtMost = 120_000;
    private const double FreshFor = 60_000;

    private readonly Connection[] all;
    private readonly ConcurrentStack<Connection> free;
    private readonly SemaphoreSlim places;
    private readonly Uri address;
    private readonly double patience;
    private readonly Timer watch;

    /// <summary>Makes the connections; nothing is connected yet.</summary>
    /// <param name="address">The portal.</param>
    /// <param name="count">How many there are at most.</param>
    /// <param name="patience">How long an answer is waited for.</param>
    public RawConnections(Uri address, int count, TimeSpan patience)
    {
        this.address = address;
        this.patience = patience.TotalMilliseconds;
        all = [.. Enumerable.Range(0, count).Select(_ => new Connection(address))];
        free = new ConcurrentStack<Connection>(all);
        places = new SemaphoreSlim(count);
        watch = new Timer(_ => CloseUnanswered(), state: null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>
    /// Connects all that are not, and those anew that have rested, so that nobody waits for it later. What does not come about is found by who needs it.
    /// Not while commands are sent.
    /// </summary>
    public async Task WarmAsync()
    {
        await Parallel.ForEachAsync(all, async (connection, _) =>
        {
            try
            {
                if (Ticker.Now - connection.UsedAt > FreshFor)
                {
                    connection.Raw.Dispose();
                }

                if (!connection.Raw.IsConnected)
                {
                    await connection.Raw.ConnectAsync();
                    connection.UsedAt = Ticker.Now;
                }
            }
            catch (IOException)
            {
                // Its first request says so.
            }
        });
    }

    /// <summary>Sends a command and reads the whole answer. A request that nobody answers is an answer too, with the status 0.</summary>
    /// <param name="method">The method's word.</param>
    /// <param name="path">The path.</param>
    /// <param name="secret">What proves that the sender may.</param>
    /// <param name="key">The command's key.</param>
    /// <param name="body">JSON; empty for none.</param>
    /// <param name="cancel">Gives up waiting for a free connection.</param>
    public async Task<Reply> SendAsync(string method, string path, string secret, string key, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        await places.WaitAsync(cancel);
        free.TryPop(out var connection);
        try
        {
            var now = Ticker.Now;
            if (now - connection!.UsedAt > RestsAtMost)
            {
                connection.Raw.Dispose();
            }

            connection.UsedAt = now;
            connection.IsAsking = true;
            var reply = await connection.Raw.ExchangeAsync(RawRequest.Write(connection.Raw.Request, method, path, address.Authority, secret, key, body.Span));
            return new Reply(reply.Status, connection.Raw.Body(reply).ToArray(), reply.RetryAfter > 0 ? TimeSpan.FromSeconds(reply.RetryAfter) : null, Failure: null)
            {
                PlacesAvailable = reply.PlacesAvailable,
            };
        }
        catch (IOException e)
        {
            return new Reply(0, [], RetryAfter: null, e.Message);
        }
        finally
        {
            connection!.IsAsking = false;
            free.Push(connection);
            places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        watch.Dispose();
        foreach (var connection in all)
        {
            connection.Raw.Dispose();
        }
    }

    private void CloseUnanswered()
    {
        foreach (var connection in all)
        {
            if (connection.IsAsking && Ticker.Now - connection.UsedAt > patience)
            {
                connection.Raw.Dispose();
            }
        }
    }

    private sealed class Connection(Uri address)
    {
        private volatile bool isAsking;
        private double usedAt = double.MinValue;

        public RawConnection Raw { get; } = new(address);

        public bool IsAsking
        {
            get => isAsking;
            set => isAsking = value;
        }

        public double UsedAt
        {
            get => Volatile.Read(ref usedAt);
            set => Volatile.Write(ref usedAt, value);
        }
    }
}

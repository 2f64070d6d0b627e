using EOrda.Load.Measures;
using EOrda.Load.Portal;

namespace EOrda.Load.Live;

/// <summary>
/// One browser's live connection to its queue: watches, counts every number, asks for a snapshot where one is missing, comes back when it is cut off.
/// </summary>
internal sealed class Browser(PortalApi api, Followers followers, string queue, Func<Measure> measure) : IBrowser
{
    /// <summary>The hub's path.</summary>
    public const string Hub = "/live";

    private const int MostAttempts = 8;
    private const double SilentTooLong = 90_000;
    private static readonly TimeSpan OpenWithin = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource ending = new();
    private readonly QueueFollower follower = followers.Of(queue);
    private readonly TaskCompletionSource watching = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SignalRConnection? connection;
    private Task running = Task.CompletedTask;
    private long number = -1;
    private long asked = -1;
    private long beginning;
    private double heard;
    private volatile bool hasSnapshot;

    /// <inheritdoc/>
    public ServerClock Clock { get; set; }

    /// <inheritdoc/>
    public Picture? Picture => hasSnapshot ? follower.At(Volatile.Read(ref number)) : null;

    /// <inheritdoc/>
    public bool IsConnected => Volatile.Read(ref connection) is not null;

    /// <summary>Connects and waits for the first snapshot.</summary>
    /// <exception cref="IOException">It did not come about, however often it was tried.</exception>
    public async Task ConnectAsync()
    {
        var begun = Ticker.Now;
        await OpenAsync();
        running = Task.Run(RunAsync);
        await watching.Task.WaitAsync(OpenWithin, ending.Token);
        measure().Of(Timed.Connect).Add(Ticker.Now - begun);
    }

    /// <summary>Says that it is still there; a connection on which nothing has come for too long is given up and made anew.</summary>
    public async Task CareAsync()
    {
        if (Volatile.Read(ref connection) is { } open)
        {
            if (Ticker.Now - Volatile.Read(ref heard) > SilentTooLong)
            {
                await LoseAsync();
                return;
            }

            try
            {
                await open.SendAsync(SignalRConnection.Ping, ending.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // It is found by the one who receives.
            }
        }
    }

    /// <summary>Loses the connection as a browser in a lift does; it comes back by itself.</summary>
    public async Task LoseAsync()
    {
        if (Volatile.Read(ref connection) is { } open)
        {
            await open.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await LoseAsync();
        await running;
        ending.Dispose();
    }

    private async Task OpenAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        patience.CancelAfter(OpenWithin);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                hasSnapshot = false;
                var opened = await SignalRConnection.OpenAsync(api, Hub, patience.Token);
                Volatile.Write(ref heard, Ticker.Now);
                Volatile.Write(ref connection, opened);
                await opened.InvokeAsync("Watch", queue, number: 1, patience.Token);
                measure().Add(Count.Connected);
                return;
            }
            catch (Exception e) when (e is IOException or OperationCanceledException && !ending.IsCancellationRequested)
            {
                measure().Error(e is IOException ? $"live: {e.Message}" : "live: not open in time");
                if (attempt == MostAttempts || patience.IsCancellationRequested)
                {
                    throw e as IOException ?? new IOException("live: not open in time", e);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100 << attempt), patience.Token);
            }
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (!ending.IsCancellationRequested)
            {
                var open = connection!;
                await open.ReceiveAsync(Take);
                Volatile.Write(ref connection, null);
                await open.DisposeAsync();
                if (!ending.IsCancellationRequested)
                {
                    measure().Add(Count.Closed);
                    await OpenAsync();
                    measure().Add(Count.Reconnected);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
        catch (IOException e)
        {
            measure().Error($"live: lost for good: {e.Message}");
        }
        finally
        {
            Volatile.Write(ref connection, null);
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        var now = Ticker.Now;
        Volatile.Write(ref heard, now);
        try
        {
            switch (followers.Read(bytes))
            {
                case Updates { All: var all }:
                    var measured = measure();
                    measured.Updated(now, all.Length, bytes.Length);
                    foreach (var told in all)
                    {
                        Take(told, now, measured);
                    }

                    break;
                case Snapshot snapshot:
                    Begin(snapshot.Picture);
                    break;
                case Completion { Error: { } error }:
                    measure().Error($"live: {error}");
                    break;
            }
        }
        catch (FormatException e)
        {
            follower.Contradicted($"a record cannot be read: {e.Message}");
        }
    }

    private void Take(Numbered told, double now, Measure measured)
    {
        var update = told as Update;
        if (update is not null && hasSnapshot)
        {
            measured.Of(Timed.UpdateAge).Add(Clock.ServerTime(now) - beginning - update.Since);
            See(update, now, measured);
        }

        Follow(told.Number, isWhole: update is not null);
    }

    private void See(Update update, double now, Measure measured)
    {
        foreach (var place in update.Places)
        {
            if (place.ReservedAt is { } reserved)
            {
                measured.Of(Timed.Seen).Add(Clock.ServerTime(now) - beginning - update.At - reserved);
            }
        }
    }

    private void Begin(Picture snapshot)
    {
        measure().Add(Count.Snapshots);
        if (snapshot.Number < asked)
        {
            follower.Contradicted($"the snapshot asked for because of update {asked} has only {snapshot.Number}");
        }

        Volatile.Write(ref number, Math.Max(number, snapshot.Number));
        beginning = snapshot.Beginning;
        hasSnapshot = true;
        watching.TrySetResult();
    }

    private void Follow(long told, bool isWhole)
    {
        if (!hasSnapshot || told <= number)
        {
            return;
        }

        if (isWhole && told == number + 1)
        {
            Volatile.Write(ref number, told);
            return;
        }

        measure().Add(Count.Gaps);
        (asked, hasSnapshot) = (told, false);
        _ = AskAnewAsync();
    }

    private async Task AskAnewAsync()
    {
        try
        {
            if (Volatile.Read(ref connection) is { } open)
            {
                await open.InvokeAsync("Snapshot", queue, number: 2, ending.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It comes back with a snapshot.
        }
    }
}

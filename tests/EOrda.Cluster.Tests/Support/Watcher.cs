using EOrda.Load.Live;
using EOrda.Load.Portal;

namespace EOrda.Cluster.Tests.Support;

/// <summary>A browser that watches one queue through one node, and comes back when it is cut off.</summary>
internal sealed class Watcher : IAsyncDisposable
{
    private static readonly TimeSpan OpenWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly PortalApi api;
    private readonly string queue;
    private readonly CancellationTokenSource ending = new();
    private readonly Task running;
    private QueueFollower follower;
    private bool isBehind;

    public Watcher(PortalApi api, string queue)
    {
        (this.api, this.queue) = (api, queue);
        follower = new QueueFollower(queue);
        running = Task.Run(RunAsync);
    }

    /// <summary>How the picture differs from what the portal tells whoever asks now; null when it does not.</summary>
    public string? DifferenceTo(IReadOnlyList<PlaceAnswer> places)
    {
        if (Volatile.Read(ref follower).Latest is not { } picture)
        {
            return "no picture yet";
        }

        var shown = picture.Places.ToDictionary(place => place.Name, StringComparer.Ordinal);
        foreach (var place in places)
        {
            if (!shown.TryGetValue(place.Place, out var seen) || PlaceNow.Words[seen.State] != place.State || seen.From != place.From?.ToUnixTimeMilliseconds())
            {
                return $"{place}: {seen}";
            }
        }

        return places.Count == picture.Places.Length ? null : $"{picture.Places.Length} places instead of {places.Count}";
    }

    /// <summary>What was told and did not fit.</summary>
    public IReadOnlyList<string> Contradictions => Volatile.Read(ref follower).Contradictions;

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await running;
        ending.Dispose();
    }

    private async Task RunAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await WatchAsync();
                await Task.Delay(Pause, ending.Token);
            }
            catch (IOException)
            {
                await Task.Delay(Pause);
            }
            catch (OperationCanceledException)
            {
                // It took too long, or the test ends.
            }
        }
    }

    // Another process begins its numbers anew.
    private async Task WatchAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        patience.CancelAfter(OpenWithin);
        await using var connection = await SignalRConnection.OpenAsync(api, Browser.Hub, patience.Token);
        await using var end = ending.Token.Register(() => _ = connection.DisposeAsync().AsTask());
        var following = new QueueFollower(queue);
        isBehind = true;
        await connection.InvokeAsync("Watch", queue, number: 1, patience.Token);
        Volatile.Write(ref follower, following);
        await connection.ReceiveAsync(bytes => Take(LiveRecord.Parse(bytes.ToArray()), connection, following));
    }

    private void Take(LiveRecord record, SignalRConnection connection, QueueFollower following)
    {
        switch (record)
        {
            case Snapshot snapshot:
                isBehind = false;
                following.Take(snapshot.Picture);
                break;
            case Updates { All: var all }:
                foreach (var told in all)
                {
                    Take(told, connection, following);
                }

                break;
            case Completion { Error: not null }:
                // Busy, or nothing is known of the queue yet: asked again by coming again.
                _ = connection.DisposeAsync().AsTask();
                break;
        }
    }

    private void Take(Numbered told, SignalRConnection connection, QueueFollower following)
    {
        var isNext = told is Update && told.Number == following.Latest?.Number + 1;
        following.Take(told);
        if (!isBehind && !isNext && told.Number > following.Latest?.Number)
        {
            isBehind = true;
            _ = connection.InvokeAsync("Snapshot", queue, number: 2, ending.Token).AsTask();
        }
    }
}

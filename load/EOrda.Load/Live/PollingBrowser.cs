using EOrda.Load.Measures;
using EOrda.Load.Parents;
using EOrda.Load.Portal;

namespace EOrda.Load.Live;

/// <summary>
/// A browser of the usual kind: asks for the places again and again, naming what it has (<c>If-None-Match</c>), and where they have changed for its own
/// statement too; one that only watches asks how many wait.
/// </summary>
internal sealed class PollingBrowser(PortalApi api, Ticker ticker, Followers followers, string queue, Credential? own, double everySeconds, Func<Measure> measure) : IBrowser
{
    private const int Unchanged = 304;
    private const int MostAttempts = 8;

    private readonly CancellationTokenSource ending = new();
    private readonly PolledQueue polled = followers.OfPolled(queue);
    private readonly string places = $"/api/queues/{queue}/places?from=0&count=500";
    private Task running = Task.CompletedTask;
    private Picture? picture;
    private string? tag;
    private int waiting;
    private volatile bool isConnected;

    /// <inheritdoc/>
    public ServerClock Clock { get; set; }

    /// <inheritdoc/>
    public Picture? Picture => Volatile.Read(ref picture);

    /// <summary>The picture with the number of those who wait, as the page shows it.</summary>
    public Picture? Shown => Picture is { } now ? now with { Counts = [waiting] } : null;

    /// <summary>The position that it was told last.</summary>
    public FollowedPosition? Told { get; private set; }

    /// <summary>True when its last question was answered.</summary>
    public bool IsConnected => isConnected;

    /// <inheritdoc/>
    public async Task ConnectAsync()
    {
        var begun = Ticker.Now;
        for (var attempt = 1; !isConnected; attempt++)
        {
            await PollAsync();
            if (!isConnected)
            {
                if (attempt == MostAttempts)
                {
                    throw new IOException("poll: no answer");
                }

                await ticker.For(everySeconds).WaitAsync(ending.Token);
            }
        }

        measure().Add(Count.Connected);
        measure().Of(Timed.Connect).Add(Ticker.Now - begun);
        running = Task.Run(RunAsync);
    }

    /// <summary>Its questions keep it alive.</summary>
    public Task CareAsync() => Task.CompletedTask;

    /// <summary>It has no connection of its own that could be lost.</summary>
    public Task LoseAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await running;
        ending.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await ticker.For(everySeconds).WaitAsync(ending.Token);
                await PollAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
        catch (BudgetSpentException e)
        {
            measure().Error(e.Message);
        }
    }

    private async Task PollAsync()
    {
        measure().Add(Count.Polls);
        var reply = await api.PollAsync(places, tag, ending.Token);
        try
        {
            if (reply.Status != Unchanged && Take(reply))
            {
                await AskOwnAsync();
            }

            isConnected = true;
        }
        catch (PortalException e)
        {
            // What it has not been told it asks for next time.
            tag = null;
            isConnected = false;
            measure().Error($"poll: {e.Message}");
        }
    }

    /// <summary>Takes an answer in.</summary>
    /// <returns>True when it says something new.</returns>
    private bool Take(Reply reply)
    {
        var now = Ticker.Now;
        var (before, after) = (picture, polled.Read(reply));
        tag = reply.Tag;
        if (before is not null && before.Places.AsSpan().SequenceEqual(after.Places))
        {
            // Not connected: its own statement is still to be asked for.
            return !isConnected;
        }

        Volatile.Write(ref picture, after);
        if (before is not null)
        {
            measure().Updated(now, number: 1, reply.Body.Length);
            See(before, after, Clock.ServerTime(now));
        }

        return true;
    }

    /// <summary>Each reservation that it sees for the first time.</summary>
    private void See(Picture before, Picture after, double now)
    {
        for (var i = 0; i < after.Places.Length; i++)
        {
            if (after.Places[i].ReservedAt is { } reserved && (i >= before.Places.Length || before.Places[i].ReservedAt != reserved))
            {
                measure().Of(Timed.UpdateAge).Add(now - reserved);
                measure().Of(Timed.Seen).Add(now - reserved);
            }
        }
    }

    private async Task AskOwnAsync()
    {
        measure().Add(Count.Polls);
        if (own is null)
        {
            waiting = (await api.GetAsync($"/api/queues/{queue}/order?from=1&count=1", ContractsJson.Default.OrderAnswer, ending.Token)).Total;
            return;
        }

        var shown = await api.OwnAsync(own, ending.Token);
        waiting = shown.Waiting;
        Told = new FollowedPosition(queue, own.Application, shown.Standing?.AsOf ?? 0, shown.Position);
    }
}

using EOrda.Actors.Live;
using EOrda.Queues;

namespace EOrda.Actors.Persistence.Tests.Watching;

/// <summary>Follows a queue as the portal does: a snapshot, and every update after it.</summary>
internal sealed class Listener : ILiveListener
{
    private readonly Lock guard = new();
    private readonly List<LiveUpdate> updates = [];

    public LiveWatch Watch { get; set; } = null!;

    public IReadOnlyList<LiveUpdate> Updates
    {
        get
        {
            lock (guard)
            {
                return [.. updates];
            }
        }
    }

    public void Publish(LiveUpdate update)
    {
        lock (guard)
        {
            updates.Add(update);
        }
    }

    /// <summary>Waits for an update that shows something; those before it have come.</summary>
    public async Task<LiveUpdate> Hears(Func<LiveUpdate, bool> which)
    {
        using var patience = new CancellationTokenSource(WatchedQueue.Patience);
        while (true)
        {
            if (Updates.FirstOrDefault(which) is { } found)
            {
                return found;
            }

            await Task.Delay(5, patience.Token);
        }
    }

    public Task<LiveUpdate> HearsOf(string place) => Hears(update => update.Places.Any(changed => changed.Place.Place == place));

    /// <summary>The first snapshot with all updates applied, each of which has the next number.</summary>
    public LiveSnapshot Picture() => Updates.Aggregate(Watch.Snapshot, Follow);

    private static LiveSnapshot Follow(LiveSnapshot picture, LiveUpdate update)
    {
        Assert.False(update.Reload);
        Assert.Equal(picture.Number + 1, update.Number);
        Assert.InRange(update.FirstChange, 0, picture.LatestChange + 1);
        List<PlaceView> places = [.. picture.Places];
        foreach (var (number, place) in update.Places)
        {
            places[number] = place;
        }

        return picture with
        {
            Number = update.Number,
            Counts = update.Counts,
            LatestChange = update.FirstChange + update.Changes.Count - 1,
            Available = update.Available,
            Window = update.Window,
            Places = places,
        };
    }
}

using EOrda.Actors.Live;
using EOrda.Actors.Queries;
using EOrda.Queues;
using EOrda.Queues.Places;

namespace EOrda.Actors.Tests.Support;

/// <summary>Follows a queue as a browser does: a snapshot, and every update after it.</summary>
internal sealed class Watcher : ILiveListener
{
    private readonly City city;

    public Watcher(City city)
    {
        this.city = city;
        Watch = city.Virtual.Wait(city.Node.Watch(City.Queue, this));
    }

    public LiveWatch Watch { get; }

    public List<LiveUpdate> Updates { get; } = [];

    /// <summary>When each update came.</summary>
    public List<TimeSpan> Times { get; } = [];

    public void Publish(LiveUpdate update)
    {
        Updates.Add(update);
        Times.Add(TimeSpan.FromMilliseconds(city.Now.UnixMilliseconds));
    }

    /// <summary>The first snapshot with all updates applied.</summary>
    public LiveSnapshot Picture()
    {
        var picture = Watch.Snapshot;
        var places = picture.Places.ToList();
        foreach (var update in Updates)
        {
            Assert.Equal(picture.Number + 1, update.Number);
            Assert.False(update.Reload);
            Assert.Equal(picture.LatestChange + 1, update.FirstChange);
            foreach (var (number, place) in update.Places.OrderBy(place => place.Number))
            {
                Assert.InRange(number, 0, places.Count);
                if (number == places.Count)
                {
                    places.Add(place);
                }

                places[number] = place;
            }

            picture = picture with
            {
                Number = update.Number,
                Counts = update.Counts,
                Pattern = picture.Pattern with { Phase = update.Phase },
                LatestChange = picture.LatestChange + update.Changes.Count,
                Available = update.Available,
                Window = update.Window,
            };
        }

        return picture with { Places = places };
    }

    /// <summary>That the picture is what a fresh snapshot shows.</summary>
    public void SeesWhatIs()
    {
        city.Pass(TimeSpan.FromSeconds(1));
        var fresh = city.Virtual.Wait(city.Node.Query(City.Queue, new SnapshotQuery()));
        var picture = Picture();
        Assert.Equal(fresh.Places, picture.Places);
        Assert.Equal(picture.Places.Count(place => place.State == PlaceState.Available), picture.Available);
        Assert.Equal(fresh with { At = picture.At, Places = picture.Places }, picture);
    }
}

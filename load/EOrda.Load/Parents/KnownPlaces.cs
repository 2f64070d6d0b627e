using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EOrda.Load.Live;
using EOrda.Load.Portal;

namespace EOrda.Load.Parents;

/// <summary>The places as parents know them: of a live picture, listed once for all who have the same; or of the register, looked up once a morning.</summary>
internal sealed class KnownPlaces
{
    private const int PageSize = 500;

    private readonly ConditionalWeakTable<Picture, Free> ofPictures = [];
    private readonly ConcurrentDictionary<string, string[]> registered = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string[]> free = new(StringComparer.Ordinal);

    /// <summary>The free places of a picture: those that can be taken, or if there are none those whose time will have come.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="by">By when, Unix milliseconds of the server.</param>
    /// <param name="isInWindow">False for a family that may take places in open access only.</param>
    public string[] FreeIn(Picture picture, long by, bool isInWindow)
    {
        var inPicture = ofPictures.GetValue(picture, static p => new Free(
            Named(p, place => place.State == PlaceNow.Available),
            Named(p, place => place is { State: PlaceNow.Available, Access: PlaceNow.Open }),
            [.. p.Places.Where(place => place.State == PlaceNow.Locked)]));
        return inPicture.Available.Length > 0 ? (isInWindow ? inPicture.Available : inPicture.Open) : [.. inPicture.Locked.Where(place => place.From <= by).Select(place => place.Name)];
    }

    /// <summary>The places of a queue that were free or about to be when they were looked up.</summary>
    public string[] FreeIn(string queue) => free.GetValueOrDefault(queue, []);

    /// <summary>All places of a queue, taken ones too.</summary>
    public string[] All(string queue) => registered.GetValueOrDefault(queue, []);

    /// <summary>Looks the places of queues up.</summary>
    /// <exception cref="PortalException">The portal does not answer.</exception>
    public async Task LookUpAsync(PortalApi api, IEnumerable<string> queues, CancellationToken cancel)
    {
        foreach (var queue in queues)
        {
            var places = await PlacesOfAsync(api, queue, cancel);
            registered[queue] = [.. places.Select(p => p.Place)];
            free[queue] = [.. places.Where(p => p.State is "locked" or "available").Select(p => p.Place)];
        }
    }

    /// <summary>All places of a queue, page by page.</summary>
    /// <exception cref="PortalException">The portal does not answer.</exception>
    public static async Task<List<PlaceAnswer>> PlacesOfAsync(PortalApi api, string queue, CancellationToken cancel)
    {
        var places = new List<PlaceAnswer>();
        while (true)
        {
            var page = await api.GetAsync($"/api/queues/{queue}/places?from={places.Count}&count={PageSize}", ContractsJson.Default.PlacesAnswer, cancel);
            places.AddRange(page.Places);
            if (page.Places.Count == 0 || places.Count >= page.Total)
            {
                return places;
            }
        }
    }

    private static string[] Named(Picture picture, Func<PlaceNow, bool> wanted) => [.. picture.Places.Where(wanted).Select(p => p.Name)];

    private sealed record Free(string[] Available, string[] Open, PlaceNow[] Locked);
}

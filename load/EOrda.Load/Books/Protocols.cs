using System.Collections.Concurrent;
using EOrda.Load.Parents;
using EOrda.Load.Portal;

namespace EOrda.Load.Books;

/// <summary>What the portal shows in the end, to everyone and to each parent.</summary>
/// <param name="From">The server's instant at which reading began, Unix milliseconds.</param>
/// <param name="To">The server's instant at which it ended.</param>
/// <param name="Applications">The parents' applications.</param>
/// <param name="Places">The places of each queue.</param>
/// <param name="Order">The order of each queue.</param>
internal sealed record Protocols(
    long From,
    long To,
    IReadOnlyDictionary<string, ApplicationAnswer> Applications,
    IReadOnlyDictionary<string, IReadOnlyList<PlaceAnswer>> Places,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Order)
{
    private const int AtOnce = 32;
    private const int PageSize = 500;

    /// <summary>Reads them all.</summary>
    /// <exception cref="PortalException">The portal does not answer.</exception>
    public static async Task<Protocols> ReadAsync(PortalApi api, IReadOnlyCollection<string> queues, IReadOnlyCollection<Credential> parents, CancellationToken cancel)
    {
        var from = await NowAsync(api, cancel);
        var applications = new ConcurrentDictionary<string, ApplicationAnswer>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(parents, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (who, stop) =>
            applications[who.Application] = await api.OwnAsync(who, stop));
        var places = new Dictionary<string, IReadOnlyList<PlaceAnswer>>(StringComparer.Ordinal);
        var order = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var queue in queues)
        {
            places[queue] = await KnownPlaces.PlacesOfAsync(api, queue, cancel);
            order[queue] = await OrderOfAsync(api, queue, cancel);
        }

        return new Protocols(from, await NowAsync(api, cancel), applications, places, order);
    }

    private static async Task<long> NowAsync(PortalApi api, CancellationToken cancel) =>
        (await api.GetAsync("/api/time", ContractsJson.Default.TimeAnswer, cancel)).Now.ToUnixTimeMilliseconds();

    private static async Task<List<string>> OrderOfAsync(PortalApi api, string queue, CancellationToken cancel)
    {
        var order = new List<string>();
        while (true)
        {
            var page = await api.GetAsync($"/api/queues/{queue}/order?from={order.Count + 1}&count={PageSize}", ContractsJson.Default.OrderAnswer, cancel);
            order.AddRange(page.Applications);
            if (page.Applications.Count == 0 || order.Count >= page.Total)
            {
                return order;
            }
        }
    }
}

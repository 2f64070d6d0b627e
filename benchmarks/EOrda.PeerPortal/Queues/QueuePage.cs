using System.Collections.Concurrent;
using System.Text.Json;
using EOrda.Portal.Json;
using EOrda.Portal.Queues;
using EOrda.Queues.Time;

namespace EOrda.PeerPortal.Queues;

/// <summary>A queue as it was read from the tables once, for everyone who asks within the next moments.</summary>
internal sealed class QueuePage
{
    private readonly string queue;
    private readonly Moment at;
    private readonly List<PlaceEntry> places;
    private readonly Dictionary<string, int> positions;
    private readonly ConcurrentDictionary<(int From, int Count), byte[]> pages = new();

    /// <summary>A page of what was read.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="at">When it was read.</param>
    /// <param name="version">Its version; the places of two pages with the same are the same.</param>
    /// <param name="referrals">How many referrals had been issued.</param>
    /// <param name="places">The places.</param>
    /// <param name="order">The applications, the first one first.</param>
    public QueuePage(string queue, Moment at, long version, int referrals, List<PlaceEntry> places, List<string> order)
        : this(queue, at, version, referrals, places, order, order.Index().ToDictionary(a => a.Item, a => a.Index + 1, StringComparer.Ordinal))
    {
    }

    private QueuePage(string queue, Moment at, long version, int referrals, List<PlaceEntry> places, List<string> order, Dictionary<string, int> positions)
    {
        (this.queue, this.at, this.places, this.positions) = (queue, at, places, positions);
        (Version, Referrals, Order) = (version, referrals, order);
    }

    /// <summary>The version of the places.</summary>
    public long Version { get; }

    /// <summary>How many referrals had been issued: as long as there are no more, the order is the same.</summary>
    public int Referrals { get; }

    /// <summary>The applications in their order.</summary>
    public List<string> Order { get; }

    /// <summary>An application's position; null when it does not wait.</summary>
    public int? PositionOf(string application) => positions.TryGetValue(application, out var position) ? position : null;

    /// <summary>True when the places are the same.</summary>
    public bool HasPlaces(List<PlaceEntry> others) => places.SequenceEqual(others);

    /// <summary>The same order with other places.</summary>
    public QueuePage With(Moment readAt, List<PlaceEntry> others) => new(queue, readAt, Version + 1, Referrals, others, Order, positions);

    /// <summary>Some of the places as they are sent, written once.</summary>
    public byte[] Places(int from, int count) => pages.GetOrAdd(
        (from, count),
        page => JsonSerializer.SerializeToUtf8Bytes(new PlacesView(queue, at, places.Count, page.From, [.. places.Skip(page.From).Take(page.Count)]), ApiJson.Web.PlacesView));
}

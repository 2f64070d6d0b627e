using EOrda.Load.Portal;

namespace EOrda.Load.Live;

/// <summary>
/// One queue's places as all polling browsers of a process are told them. An answer that is known by the same tag as the latest is read once; what two
/// browsers are told under one tag must be equal, but for the instant of the look. Safe for use by several threads.
/// </summary>
internal sealed class PolledQueue(string queue)
{
    private const int MostContradictions = 50;

    private readonly Lock gate = new();
    private readonly List<string> contradictions = [];
    private Reply? latest;
    private Picture? picture;

    /// <summary>The queue's name.</summary>
    public string Queue { get; } = queue;

    /// <summary>What did not fit.</summary>
    public IReadOnlyList<string> Contradictions
    {
        get
        {
            lock (gate)
            {
                return [.. contradictions];
            }
        }
    }

    /// <summary>Reads an answer with the places. The picture does not say who waits.</summary>
    /// <exception cref="PortalException">It is no such answer.</exception>
    public Picture Read(Reply reply)
    {
        lock (gate)
        {
            // A refusal under a known tag is a refusal.
            if (reply.Tag is null || reply.Tag != latest?.Tag || reply.Status != latest.Status)
            {
                (latest, picture) = (reply, new Picture(Queue, Feed: 0, Beginning: 0, Number: 0, At: 0, [], [], LatestChange: 0, Window: null, PlacesOf(reply)));
            }
            else if (!reply.Body.AsSpan().SequenceEqual(latest.Body) && !PlacesOf(reply).AsSpan().SequenceEqual(picture!.Places) && contradictions.Count < MostContradictions)
            {
                contradictions.Add($"{Queue}: two browsers were told different places under the tag {reply.Tag}");
            }

            return picture!;
        }
    }

    private static PlaceNow[] PlacesOf(Reply reply) => [.. reply.Read(ContractsJson.Default.PlacesAnswer).Places.Select(Of)];

    private static PlaceNow Of(PlaceAnswer place) => new(
        Array.IndexOf(PlaceNow.Words, place.State) is var state and >= 0 ? state : throw new PortalException($"a place in the state '{place.State}'"),
        place.Access switch
        {
            "priority" => 0,
            "open" => 1,
            _ => null,
        },
        place.From?.ToUnixTimeMilliseconds(),
        place.Place,
        place.Kindergarten);
}

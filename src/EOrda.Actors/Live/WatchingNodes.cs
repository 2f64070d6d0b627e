using Akka.Actor;

namespace EOrda.Actors.Live;

/// <summary>The nodes that watch a queue, each by its relay. One that has not renewed its watch for some time is forgotten. Bounded.</summary>
/// <param name="most">How many nodes may watch.</param>
/// <param name="patience">How long a node may be silent.</param>
/// <param name="time">The clock.</param>
internal sealed class WatchingNodes(int most, TimeSpan patience, TimeProvider time)
{
    private readonly Dictionary<IActorRef, long> heardAt = [];

    /// <summary>The relays of the nodes that watch.</summary>
    public IReadOnlyCollection<IActorRef> Relays => heardAt.Keys;

    /// <summary>True when as many watch as may.</summary>
    public bool AreFull => heardAt.Count >= most;

    /// <summary>Takes note that a relay renewed its watch.</summary>
    /// <returns>False when it does not watch.</returns>
    public bool Renew(IActorRef relay)
    {
        if (!heardAt.ContainsKey(relay))
        {
            return false;
        }

        heardAt[relay] = time.GetTimestamp();
        return true;
    }

    /// <summary>A relay begins to watch.</summary>
    public void Add(IActorRef relay) => heardAt.Add(relay, time.GetTimestamp());

    /// <summary>A relay watches no longer.</summary>
    /// <returns>False when it did not watch.</returns>
    public bool Remove(IActorRef relay) => heardAt.Remove(relay);

    /// <summary>The relays that have been silent for too long.</summary>
    public IReadOnlyList<IActorRef> Silent() => [.. heardAt.Where(relay => time.GetElapsedTime(relay.Value) >= patience).Select(relay => relay.Key)];
}

using Akka.Actor;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Actors.Country;

/// <summary>
/// A node's copy of the localities: read by many threads, kept up to date by <see cref="LocalitiesCopyActor"/>. It counts for instants before its horizon only.
/// </summary>
internal sealed class LocalitiesCopy : ILocalityRules
{
    private readonly Lock guard = new();
    private LocalitiesView latest = LocalitiesView.Nothing;
    private TaskCompletionSource? waiting;
    private bool isSuspended;

    /// <summary>The actor that keeps the copy; set when the actor system is there.</summary>
    public IActorRef Keeper { get; set; } = ActorRefs.Nobody;

    /// <summary>What is known. Immutable; a change makes a new one.</summary>
    public LocalitiesView Latest => Volatile.Read(ref latest);

    /// <summary>The localities and kindergartens. Immutable; a change makes a new one.</summary>
    public CountryDirectory Directory => Latest.Directory;

    /// <inheritdoc/>
    public bool AllAtOnce => false;

    /// <summary>True while the copy counts for no instant, since the node's clock is not known to be right.</summary>
    public bool IsSuspended
    {
        get => Volatile.Read(ref isSuspended);
        set => Volatile.Write(ref isSuspended, value);
    }

    /// <summary>True when the node can decide at the instant: it is before the horizon. A node is ready when this is true for now.</summary>
    public bool HasHorizon(Moment at) => at < Latest.Until && !IsSuspended;

    /// <summary>True when the queue has a record or is about to. False is certain only after <see cref="RefreshAsync"/>.</summary>
    public bool Knows(QueueKey queue) => Latest.Queues.Contains(queue);

    /// <inheritdoc/>
    public IReadOnlyList<RulesInForce>? RulesOf(string locality, Moment at)
    {
        var known = Latest;
        return at < known.Until && !IsSuspended ? known.Directory.Localities.GetValueOrDefault(locality) : null;
    }

    /// <inheritdoc/>
    public bool IsKindergarten(string kindergarten) => Directory.Kindergartens.ContainsKey(kindergarten);

    /// <inheritdoc/>
    public bool IsPlace(string place) => throw new InvalidOperationException("Whether a place is known elsewhere is asked of the register.");

    /// <summary>
    /// Brings the copy up to date: when it returns the copy has everything that had happened when it was called. Many callers share one look. For what the
    /// copy does not know, before anybody is told that it is unknown, and after a command about localities was answered.
    /// </summary>
    /// <exception cref="BusyException">The localities do not answer.</exception>
    public Task RefreshAsync()
    {
        lock (guard)
        {
            if (waiting is null)
            {
                waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                Keeper.Tell(RefreshNow.Message, ActorRefs.NoSender);
            }

            return waiting.Task;
        }
    }

    /// <summary>Those who wait for the look that begins now, or null.</summary>
    internal TaskCompletionSource? TakeWaiting()
    {
        lock (guard)
        {
            var taken = waiting;
            waiting = null;
            return taken;
        }
    }

    /// <summary>A look has ended.</summary>
    internal void Publish(LocalitiesView view) => Volatile.Write(ref latest, view);
}

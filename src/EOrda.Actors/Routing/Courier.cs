using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;
using Akka.Actor;

namespace EOrda.Actors.Routing;

/// <summary>
/// The requests of a node that wait for a reply. A request has a slot and a number that names the slot and how often it was used, so that a reply that
/// comes too late finds nobody. Safe for use by many threads.
/// </summary>
internal sealed class Courier
{
    private const int SlotBits = 20;

    /// <summary>The most requests that can wait at once.</summary>
    public const int MostSlots = 1 << SlotBits;

    private static readonly RequestFailure Closed = new(FailureKind.Busy, TimeSpan.FromSeconds(1), "The node is stopping.");

    private readonly ConcurrentQueue<Slot> free = new();
    private readonly Slot?[] slots;
    private readonly TimeProvider time;
    private readonly TimeSpan patience;
    private readonly Action<Action>? goOn;
    private int made;
    private volatile bool isClosed;

    /// <summary>None waits yet.</summary>
    /// <param name="capacity">Requests that may wait at once, at most <see cref="MostSlots"/>.</param>
    /// <param name="patience">How long a request waits before its outcome is unknown.</param>
    /// <param name="time">The clock.</param>
    /// <param name="goOn">Runs what goes on when a reply has come; the thread pool does by default. A simulation runs everything on a thread of its own.</param>
    public Courier(int capacity, TimeSpan patience, TimeProvider time, Action<Action>? goOn = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MostSlots);
        slots = new Slot?[capacity];
        this.patience = patience;
        this.time = time;
        this.goOn = goOn;
    }

    /// <summary>The actor that replies are sent to; set when the actor system is there.</summary>
    public IActorRef Address { get; set; } = ActorRefs.Nobody;

    /// <summary>How many requests wait.</summary>
    public int Waiting => Volatile.Read(ref made) - free.Count;

    /// <summary>No reply comes any more: whoever waits hears so now, and nobody begins to wait.</summary>
    public void Close(RequestFailure failure)
    {
        isClosed = true;
        for (var i = 0; i < Volatile.Read(ref made); i++)
        {
            if (slots[i] is { } slot && slot.BegunAt is { } begun)
            {
                slot.TryComplete(begun.Number, failure);
            }
        }
    }

    /// <summary>Begins a request to an entity. Whoever begins it must await the reply.</summary>
    /// <param name="place">Counts those that wait for the entity.</param>
    /// <param name="reply">The reply to come, or an exception of the door.</param>
    /// <exception cref="BusyException">As many requests wait as may, of the node or of the entity.</exception>
    public Request Begin(WaitingPlace place, out ValueTask<object> reply)
    {
        place.Enter();
        if (!free.TryDequeue(out var slot) && (slot = Make()) is null)
        {
            place.Leave();
            throw new BusyException("As many requests wait for a reply as may.", TimeSpan.FromSeconds(1));
        }

        var number = slot.Begin(place, time.GetTimestamp());
        reply = slot.Task;
        if (isClosed)
        {
            slot.TryComplete(number, Closed);
        }

        return new Request(Address, number);
    }

    /// <summary>A reply has come. Nothing happens when nobody waits for it any more.</summary>
    public void Complete(Reply reply)
    {
        var index = (int)(reply.Number & (MostSlots - 1));
        if (index < slots.Length)
        {
            slots[index]?.TryComplete(reply.Number, reply.Content);
        }
    }

    /// <summary>The entity lost what it had in memory: whoever waits for it hears so at once.</summary>
    public void Fail(WaitingPlace place, RequestFailure failure)
    {
        for (var i = 0; i < Volatile.Read(ref made); i++)
        {
            if (slots[i] is { } slot && slot.WaitsFor(place) is { } number)
            {
                slot.TryComplete(number, failure);
            }
        }
    }

    /// <summary>Ends requests that have waited too long.</summary>
    public void Sweep()
    {
        for (var i = 0; i < Volatile.Read(ref made); i++)
        {
            if (slots[i] is { } slot && slot.BegunAt is { } begun && time.GetElapsedTime(begun.At) >= patience)
            {
                slot.TryComplete(begun.Number, RequestFailure.NoReply);
            }
        }
    }

    private Slot? Make()
    {
        var index = Interlocked.Increment(ref made) - 1;
        if (index >= slots.Length)
        {
            Interlocked.Decrement(ref made);
            return null;
        }

        var slot = new Slot(this, index);
        Volatile.Write(ref slots[index], slot);
        return slot;
    }

    private sealed class Slot(Courier courier, int index) : IValueTaskSource<object>
    {
        private ManualResetValueTaskSourceCore<object> source = new() { RunContinuationsAsynchronously = courier.goOn is null };
        private WaitingPlace? place;
        private long begunAt;
        private long uses;

        // The number of the request that waits, 0 while none does.
        private long waiting;

        public ValueTask<object> Task => new(this, source.Version);

        public (long Number, long At)? BegunAt => Volatile.Read(ref waiting) is not 0 and var number ? (number, Volatile.Read(ref begunAt)) : null;

        public long Begin(WaitingPlace waitsFor, long now)
        {
            place = waitsFor;
            Volatile.Write(ref begunAt, now);
            var number = ++uses << SlotBits | (uint)index;
            Volatile.Write(ref waiting, number);
            return number;
        }

        public long? WaitsFor(WaitingPlace entity) => Volatile.Read(ref waiting) is not 0 and var number && ReferenceEquals(place, entity) ? number : null;

        public void TryComplete(long number, object content)
        {
            // 0 is no request's number.
            if (number == 0 || Interlocked.CompareExchange(ref waiting, 0, number) != number)
            {
                return;
            }

            place!.Leave();
            if (content is RequestFailure failure)
            {
                source.SetException(failure.ToException());
            }
            else
            {
                source.SetResult(content);
            }
        }

        object IValueTaskSource<object>.GetResult(short token)
        {
            try
            {
                return source.GetResult(token);
            }
            finally
            {
                source.Reset();
                courier.free.Enqueue(this);
            }
        }

        ValueTaskSourceStatus IValueTaskSource<object>.GetStatus(short token) => source.GetStatus(token);

        void IValueTaskSource<object>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        {
            if (courier.goOn is { } goOn)
            {
                source.OnCompleted(_ => goOn(() => continuation(state)), state: null, token, ValueTaskSourceOnCompletedFlags.None);
            }
            else
            {
                source.OnCompleted(continuation, state, token, flags);
            }
        }
    }
}

using Microsoft.AspNetCore.Connections.Features;

namespace EOrda.Portal.Hosting;

/// <summary>
/// Connections in slots of about equal size, one slot of which is looked after at a time: so whatever is due is done for a few connections at once and never for
/// all. Safe for use by several threads.
/// </summary>
/// <param name="slots">How many slots; at least one.</param>
internal sealed class HeartbeatWheel(int slots)
{
    /// <summary>How many slots are turned in one go at most.</summary>
    public const int MostAtOnce = 10;

    private readonly Lock gate = new();
    private readonly HashSet<Connection>[] inSlots = [.. Enumerable.Range(0, slots).Select(_ => new HashSet<Connection>())];
    private readonly List<Connection> beating = [];
    private int next;
    private int count;
    private long turned;

    /// <summary>How many slots it has.</summary>
    public int Slots => inSlots.Length;

    /// <summary>How many connections are in it.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>A new connection; what is registered with it is called each time its slot's turn comes, until it <see cref="Leave"/>s.</summary>
    public Connection Join()
    {
        lock (gate)
        {
            var connection = new Connection(next++ % inSlots.Length);
            next %= inSlots.Length;
            inSlots[connection.Slot].Add(connection);
            count++;
            return connection;
        }
    }

    /// <summary>A connection has ended.</summary>
    public void Leave(Connection connection)
    {
        lock (gate)
        {
            inSlots[connection.Slot].Remove(connection);
            count--;
        }
    }

    /// <summary>
    /// Turns on to a slot, counted from the beginning and round after round: calls what is registered with the connections in the slots up to it, in those of
    /// <see cref="MostAtOnce"/> at most, so that even after a standstill it is never all of them. More than a round behind it skips what it missed. One call at a time.
    /// </summary>
    /// <param name="due">The number of slots whose turn has come since the beginning; not smaller than at the call before.</param>
    /// <param name="failed">Told what a call threw; the other connections are none the worse for it.</param>
    public void TurnTo(long due, Action<Exception> failed)
    {
        turned = Math.Max(turned, due - Slots);
        for (var left = MostAtOnce; turned < due && left > 0; left--)
        {
            Beat(inSlots[turned++ % Slots], failed);
        }
    }

    private void Beat(HashSet<Connection> slot, Action<Exception> failed)
    {
        lock (gate)
        {
            beating.Clear();
            beating.AddRange(slot);
        }

        foreach (var connection in beating)
        {
            try
            {
                connection.Beat();
            }
#pragma warning disable CA1031 // Whatever it is, the other connections want their pings.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failed(e);
            }
        }
    }

    /// <summary>What is to be called for a connection.</summary>
    internal sealed class Connection(int slot) : IConnectionHeartbeatFeature
    {
        private readonly Lock gate = new();
        private (Action<object> Action, object State)[] registered = [];

        /// <summary>The slot that it is in.</summary>
        public int Slot { get; } = slot;

        /// <inheritdoc/>
        public void OnHeartbeat(Action<object> action, object state)
        {
            lock (gate)
            {
                registered = [.. registered, (action, state)];
            }
        }

        /// <summary>Calls it.</summary>
        public void Beat()
        {
            foreach (var (action, state) in Volatile.Read(ref registered))
            {
                action(state);
            }
        }
    }
}

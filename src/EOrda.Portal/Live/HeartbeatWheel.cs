using Microsoft.AspNetCore.Connections.Features;

namespace EOrda.Portal.Live;

/// <summary>
/// Connections in slots of about equal size, one slot of which is looked after at a time: so whatever is due is done for a few connections at once and never for
/// all. Safe for use by several threads.
/// </summary>
/// <param name="slots">How many slots; at least one.</param>
internal sealed class HeartbeatWheel(int slots)
{
    private readonly Lock gate = new();
    private readonly HashSet<Connection>[] inSlots = [.. Enumerable.Range(0, slots).Select(_ => new HashSet<Connection>())];
    private readonly List<Connection> beating = [];
    private int next;

    /// <summary>How many slots it has.</summary>
    public int Slots => inSlots.Length;

    /// <summary>A new connection; what is registered with it is called each time its slot's turn comes, until it <see cref="Leave"/>s.</summary>
    public Connection Join()
    {
        lock (gate)
        {
            var connection = new Connection(next++ % inSlots.Length);
            next %= inSlots.Length;
            inSlots[connection.Slot].Add(connection);
            return connection;
        }
    }

    /// <summary>A connection has ended.</summary>
    public void Leave(Connection connection)
    {
        lock (gate)
        {
            inSlots[connection.Slot].Remove(connection);
        }
    }

    /// <summary>Calls what is registered with the connections of a slot. One turn at a time.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="failed">Told what a call threw; the other connections are none the worse for it.</param>
    public void Turn(int slot, Action<Exception> failed)
    {
        lock (gate)
        {
            beating.Clear();
            beating.AddRange(inSlots[slot]);
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

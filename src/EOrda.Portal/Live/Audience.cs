using System.Diagnostics.CodeAnalysis;

namespace EOrda.Portal.Live;

/// <summary>
/// Those who watch a queue, in hub groups of a bounded size, and what each group has still to be told. Every group gets the same messages in the same order,
/// but in its own time: the one that has waited longest comes next, and gets all that was told meanwhile. Safe for use by several threads.
/// </summary>
/// <param name="name">What the groups' names begin with; no other audience has the same.</param>
internal sealed class Audience(string name)
{
    /// <summary>How many browsers a group has at most.</summary>
    public const int GroupSize = 256;

    /// <summary>How many messages may wait for a group.</summary>
    public const int MostWaiting = 32;

    /// <summary>Together they may have so many bytes, and then one message more.</summary>
    public const int MostWaitingBytes = 32 * 1024;

    private readonly Lock gate = new();
    private readonly List<Group> groups = [];
    private readonly Queue<LiveMessage> waiting = [];
    private int waitingBytes;
    private long told;

    /// <summary>True while a group has something still to be told.</summary>
    public bool IsBehind
    {
        get
        {
            lock (gate)
            {
                return waiting.Count > 0;
            }
        }
    }

    /// <summary>True while one more message may be told.</summary>
    public bool HasRoom
    {
        get
        {
            lock (gate)
            {
                return waiting.Count < MostWaiting && waitingBytes < MostWaitingBytes;
            }
        }
    }

    /// <summary>Counts one more browser in. It is told what comes from now on, and perhaps some of what came before.</summary>
    /// <returns>The group that it is to join; <see cref="Leave"/> takes the same.</returns>
    public string Join()
    {
        lock (gate)
        {
            var group = groups.Find(one => one.Size < GroupSize);
            if (group is null)
            {
                groups.Add(group = new Group($"{name}/{groups.Count}"));
            }

            if (group.Size++ == 0)
            {
                group.Told = told;
            }

            return group.Name;
        }
    }

    /// <summary>Counts a browser out of its group.</summary>
    public void Leave(string group)
    {
        lock (gate)
        {
            groups.Single(one => one.Name == group).Size--;
            Forget();
        }
    }

    /// <summary>Has a message told to everyone who is there.</summary>
    public void Tell(LiveMessage message)
    {
        lock (gate)
        {
            waiting.Enqueue(message);
            waitingBytes += message.Json.Length;
            told++;
            Forget();
        }
    }

    /// <summary>Gives the group that has waited longest and all that it has still to be told, which counts as told then.</summary>
    /// <returns>False when everybody has been told everything.</returns>
    public bool TryTake([NotNullWhen(true)] out string? group, [NotNullWhen(true)] out LiveMessage[]? messages)
    {
        lock (gate)
        {
            var next = Watched.MinBy(one => one.Told);
            if (next is null || next.Told == told)
            {
                (group, messages) = (null, null);
                return false;
            }

            (group, messages) = (next.Name, [.. waiting.Skip(waiting.Count - (int)(told - next.Told))]);
            next.Told = told;
            Forget();
            return true;
        }
    }

    private IEnumerable<Group> Watched => groups.Where(one => one.Size > 0);

    // What every group has been told is kept no longer.
    private void Forget()
    {
        var latest = Watched.Select(one => one.Told).DefaultIfEmpty(told).Min();
        while (waiting.Count > told - latest)
        {
            waitingBytes -= waiting.Dequeue().Json.Length;
        }
    }

    private sealed class Group(string name)
    {
        public string Name { get; } = name;

        public int Size { get; set; }

        /// <summary>How many of all messages it has been told.</summary>
        public long Told { get; set; }
    }
}

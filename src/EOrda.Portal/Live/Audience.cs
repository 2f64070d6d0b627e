namespace EOrda.Portal.Live;

/// <summary>
/// Those who watch a queue, in hub groups of a bounded size, so that an update can go to some of them, and then to the next. Safe for use by several threads.
/// </summary>
/// <param name="name">What the groups' names begin with; no other audience has the same.</param>
internal sealed class Audience(string name)
{
    /// <summary>How many browsers a group has at most.</summary>
    public const int GroupSize = 256;

    private readonly Lock gate = new();
    private readonly List<int> sizes = [];

    /// <summary>The groups that have somebody. Whoever joins one that is not among them joins after this look.</summary>
    public IReadOnlyList<string> Groups
    {
        get
        {
            lock (gate)
            {
                return [.. Enumerable.Range(0, sizes.Count).Where(i => sizes[i] > 0).Select(NameOf)];
            }
        }
    }

    /// <summary>Counts one more browser in.</summary>
    /// <returns>The group that it is to join; <see cref="Leave"/> takes the same.</returns>
    public string Join()
    {
        lock (gate)
        {
            var free = sizes.FindIndex(size => size < GroupSize);
            if (free < 0)
            {
                free = sizes.Count;
                sizes.Add(0);
            }

            sizes[free]++;
            return NameOf(free);
        }
    }

    /// <summary>Counts a browser out of its group.</summary>
    public void Leave(string group)
    {
        lock (gate)
        {
            sizes[int.Parse(group.AsSpan(name.Length + 1))]--;
        }
    }

    private string NameOf(int index) => $"{name}/{index}";
}

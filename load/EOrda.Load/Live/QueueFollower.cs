namespace EOrda.Load.Live;

/// <summary>
/// One queue as all browsers of a process follow it. Equal bytes are read once; what two browsers are told under one number must be equal, every update
/// must fit to the one before, and every snapshot to the updates. Safe for use by several threads.
/// </summary>
internal sealed class QueueFollower(string queue)
{
    // Browsers may lag behind each other by seconds; so many numbers can still be compared.
    private const int Kept = 512;
    private const int MostContradictions = 50;

    private readonly Lock gate = new();
    private readonly Dictionary<long, Picture> pictures = [];
    private readonly Dictionary<long, byte[]> updates = [];
    private readonly List<string> contradictions = [];
    private readonly List<OrderStep> steps = [];
    private long firstStep;
    private Picture? latest;

    /// <summary>The queue's name.</summary>
    public string Queue { get; } = queue;

    /// <summary>The latest picture; null before the first snapshot.</summary>
    public Picture? Latest => Volatile.Read(ref latest);

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

    /// <summary>Takes a snapshot in.</summary>
    public void Take(Picture snapshot)
    {
        lock (gate)
        {
            if (pictures.TryGetValue(snapshot.Number, out var known))
            {
                if (known.DifferenceTo(snapshot) is { } difference)
                {
                    Contradict($"snapshot {snapshot.Number} is not what the updates make it: {difference}");
                }
            }
            else if (latest is null || snapshot.Number > latest.Number)
            {
                // Changes between what was followed and the snapshot are not known: positions are followed from here on.
                steps.Clear();
                firstStep = snapshot.LatestChange + 1;
                Keep(snapshot);
            }
        }
    }

    /// <summary>The picture as of a number; null when it is not known, or not any more.</summary>
    public Picture? At(long number)
    {
        lock (gate)
        {
            return pictures.GetValueOrDefault(number);
        }
    }

    /// <summary>Takes what was told under a number in.</summary>
    public void Take(Numbered told)
    {
        lock (gate)
        {
            if (updates.TryGetValue(told.Number, out var known))
            {
                if (!known.AsSpan().SequenceEqual(told.Bytes))
                {
                    Contradict($"two browsers were told different things as update {told.Number}");
                }

                return;
            }

            updates[told.Number] = told.Bytes;
            updates.Remove(told.Number - Kept);
            if (told is not Update update || latest is null || update.Number != latest.Number + 1)
            {
                return;
            }

            try
            {
                steps.AddRange(latest.StepsOf(update));
                Keep(latest.After(update));
            }
            catch (FormatException e)
            {
                Contradict(e.Message);
            }
        }
    }

    /// <summary>The changes of the order after one, as far as they were followed without a gap.</summary>
    /// <returns>False when some are not known.</returns>
    public bool TryChangesAfter(long change, out IReadOnlyList<OrderStep> changes)
    {
        lock (gate)
        {
            var known = latest is not null && change + 1 >= firstStep && change <= latest.LatestChange;
            changes = known ? steps[(int)(change + 1 - firstStep)..] : [];
            return known;
        }
    }

    /// <summary>Notes something that must not be.</summary>
    public void Contradicted(string what)
    {
        lock (gate)
        {
            Contradict(what);
        }
    }

    private void Contradict(string what)
    {
        if (contradictions.Count < MostContradictions)
        {
            contradictions.Add($"{Queue}: {what}");
        }
    }

    private void Keep(Picture picture)
    {
        pictures[picture.Number] = picture;
        pictures.Remove(picture.Number - Kept);
        Volatile.Write(ref latest, picture);
    }
}

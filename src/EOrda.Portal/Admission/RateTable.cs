using System.Numerics;

namespace EOrda.Portal.Admission;

/// <summary>
/// A token bucket for each of many keys, in a table that never grows: sets of four, in which a bucket that has filled up again gives way to a new key.
/// Where four keys of a set are busy at once, a fifth shares the bucket of one of them. Safe for use by several threads.
/// </summary>
internal sealed class RateTable
{
    private const int InASet = 4;
    private const int Gates = 64;

    private readonly Lock[] gates = [.. Enumerable.Range(0, Gates).Select(_ => new Lock())];
    private readonly Bucket[] buckets;
    private readonly int sets;
    private readonly TimeProvider time;
    private readonly long perToken;
    private readonly long most;

    /// <summary>Makes a table.</summary>
    /// <param name="kept">How many buckets there are; a power of two from there on.</param>
    /// <param name="perSecond">Tokens that come into a bucket a second.</param>
    /// <param name="burst">Tokens in a full bucket.</param>
    /// <param name="time">The time.</param>
    public RateTable(int kept, int perSecond, int burst, TimeProvider time)
    {
        this.time = time;
        sets = (int)Math.Max(1, BitOperations.RoundUpToPowerOf2((uint)kept) / InASet);
        buckets = new Bucket[sets * InASet];
        perToken = Math.Max(1, time.TimestampFrequency / perSecond);
        most = perToken * burst;
    }

    /// <summary>How many buckets there are.</summary>
    public int Capacity => buckets.Length;

    /// <summary>Takes a token.</summary>
    /// <param name="key">A hash of the key that nobody outside can foresee.</param>
    /// <returns>Null when there was one; else when there will be.</returns>
    public TimeSpan? Take(int key)
    {
        var now = time.GetTimestamp();
        var set = key & (sets - 1);
        lock (gates[set & (Gates - 1)])
        {
            ref var bucket = ref Find(set * InASet, key, now);

            // "Full at" lies as far in the future as tokens are missing.
            var full = Math.Max(now, bucket.FullAt) + perToken;
            if (full - now > most)
            {
                return time.GetElapsedTime(now, full - most);
            }

            bucket = new Bucket(key, full);
            return null;
        }
    }

    private ref Bucket Find(int first, int key, long now)
    {
        ref var found = ref buckets[first + ((key >>> 28) & (InASet - 1))];
        for (var i = first; i < first + InASet; i++)
        {
            if (buckets[i].Key == key && buckets[i].FullAt > 0)
            {
                return ref buckets[i];
            }

            if (buckets[i].FullAt <= now)
            {
                found = ref buckets[i];
            }
        }

        return ref found;
    }

    private readonly record struct Bucket(int Key, long FullAt);
}

using System.Security.Cryptography;
using System.Text;

namespace EOrda.Simulation.Worlds;

/// <summary>All that happened in a simulation, as one hash; the last of it in words.</summary>
internal sealed class Trace : IDisposable
{
    private const int Kept = 60;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Queue<string> last = new();

    /// <summary>How many events there were.</summary>
    public long Count { get; private set; }

    /// <summary>The last events, oldest first.</summary>
    public IReadOnlyList<string> Last => [.. last];

    /// <summary>The hash of all events so far. Two runs that did the same have the same.</summary>
    public string Hash => Convert.ToHexString(hash.GetCurrentHash().AsSpan(0, 8));

    /// <summary>Adds an event.</summary>
    public void Add(string happened)
    {
        Count++;
        hash.AppendData(Encoding.UTF8.GetBytes(happened));
        Say(happened);
    }

    /// <summary>Adds words that are not in the hash.</summary>
    public void Say(string words)
    {
        last.Enqueue(words);
        if (last.Count > Kept)
        {
            last.Dequeue();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();
}

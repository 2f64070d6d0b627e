using System.Diagnostics;
using EOrda.Actors;
using EOrda.Actors.Facts;
using EOrda.Actors.Hosting;
using EOrda.Actors.Persistence;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Reliability.Tests.Support;

namespace EOrda.Cluster.Tests.Support;

/// <summary>What the journal of all queues says was decided, by the commands' keys; read on from where it was read to.</summary>
internal sealed class JournalBooks(string database, IEnumerable<string> queues) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FactsReader reader = new(Database.PostgreSql(database), new ActorsBounds());
    private readonly Dictionary<QueueKey, long> next = queues.ToDictionary(Key, _ => 1L);
    private readonly Dictionary<CommandKey, Answer> decided = [];
    private readonly Dictionary<Family, int> compared = [];

    /// <summary>Reads what is new. Each record is checked against the hash of the one before.</summary>
    /// <returns>What is decided twice.</returns>
    public async Task<IReadOnlyList<string>> ReadAsync()
    {
        var twice = new List<string>();
        foreach (var queue in next.Keys.ToList())
        {
            while (true)
            {
                var read = await ReadAsync(queue);
                twice.AddRange(read.Facts
                    .Where(fact => fact.Cause is DecidedCommand command && !decided.TryAdd(command.Key, command.Answer))
                    .Select(fact => $"Decided twice: record {fact.Number} of {queue}: {fact.Cause}"));
                next[queue] = read.Next;
                if (read.Facts.Count == 0)
                {
                    break;
                }
            }
        }

        return twice;
    }

    /// <summary>What families heard since the last time, and the journal has not or otherwise.</summary>
    public IEnumerable<string> Differences(IEnumerable<Family> families)
    {
        foreach (var family in families)
        {
            var from = compared.GetValueOrDefault(family);
            compared[family] = family.Book.Count;
            foreach (var heard in family.Book.Skip(from).Where(heard => !Recorded.IsSame(heard, decided.GetValueOrDefault(Recorded.KeyOf(heard.Asked)))))
            {
                yield return $"Heard: {heard}; in the journal: {decided.GetValueOrDefault(Recorded.KeyOf(heard.Asked))}";
            }
        }
    }

    public void Dispose() => reader.Dispose();

    // A connection that lay in the pool while the database was killed is broken.
    private async Task<QueueFacts> ReadAsync(QueueKey queue)
    {
        for (var begun = Stopwatch.GetTimestamp(); ; await Task.Delay(Pause))
        {
            try
            {
                return await reader.Read(queue, next[queue], FactsReader.MostFacts, CancellationToken.None);
            }
            catch (BusyException) when (Stopwatch.GetElapsedTime(begun) < Patience)
            {
                // Asked again.
            }
        }
    }

    private static QueueKey Key(string text) => QueueKey.TryParse(text, out var key) ? key : throw new FormatException(text);
}

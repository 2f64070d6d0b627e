using System.Data.Common;
using EOrda.Actors.Entities;
using EOrda.Actors.Hosting;
using EOrda.Actors.Journal;
using EOrda.Actors.Persistence;
using EOrda.Queues.Names;

namespace EOrda.Actors.Facts;

/// <summary>
/// Reads what queues decided from the journal's table: only what is stored, each record checked against the hash of the one before. Any node reads any queue;
/// the queue's actor is not asked. Safe for use by many threads.
/// </summary>
/// <param name="database">Where the journal is.</param>
/// <param name="bounds">The bounds.</param>
internal sealed class FactsReader(Database database, ActorsBounds bounds) : IDisposable
{
    /// <summary>The most facts of one reading.</summary>
    public const int MostFacts = 1_000;

    // A reading ends behind the page that reaches this; pages have a bound of their own.
    private const int MostBytes = 4 << 20;
    private const int MostReaders = 4;

    private readonly SemaphoreSlim readers = new(MostReaders);

    /// <inheritdoc/>
    public void Dispose() => readers.Dispose();

    /// <summary>The facts of a queue from a number on; none behind the last and for a queue that nobody has filed or freed in.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="from">The number of the first record, 1 or more.</param>
    /// <param name="most">How many at most, 1 to <see cref="MostFacts"/>; there may be fewer although more are stored.</param>
    /// <param name="cancel">Stops the waiting.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of the numbers is outside its bounds.</exception>
    /// <exception cref="BusyException">The database cannot be read at present.</exception>
    /// <exception cref="JournalDamagedException">A record is missing or is not what its hash says.</exception>
    public async ValueTask<QueueFacts> Read(QueueKey queue, long from, int most, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, MostFacts);
        if (!await readers.WaitAsync(bounds.ReplyTimeout, cancel))
        {
            throw new BusyException("As many read facts as may.", bounds.RetryAfter);
        }

        try
        {
            return await Task.Run(() => ReadNow(queue, from, most, cancel), cancel);
        }
        catch (DbException fault)
        {
            throw new BusyException($"The database cannot be read at present: {fault.Message}", bounds.RetryAfter);
        }
        finally
        {
            readers.Release();
        }
    }

    private QueueFacts ReadNow(QueueKey queue, long from, int most, CancellationToken cancel)
    {
        var entity = EntityNames.Of(queue);
        var facts = new List<Fact>();
        using var connection = database.Open();
        var rows = new PageRows(connection, entity);
        if (rows.FindPageOf(from) is not { } start)
        {
            return new QueueFacts(queue, facts, from);
        }

        using var reader = new PageReader(entity, start.First - 1, rows.HashBefore(start.Sequence) ?? RecordFormat.FirstHash(entity));
        var bytes = 0;
        foreach (var page in rows.From(start.Sequence))
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var content in reader.Contents(page))
            {
                if (reader.Last >= from && facts.Count < most)
                {
                    facts.Add(Read(entity, reader.Last, content.Span));
                }
            }

            bytes += page.Bytes.Length;
            if (facts.Count >= most || bytes >= MostBytes)
            {
                break;
            }
        }

        return new QueueFacts(queue, facts, from + facts.Count);
    }

    private static Fact Read(string entity, long number, ReadOnlySpan<byte> content)
    {
        try
        {
            return FactFormat.Read(number, content);
        }
        catch (InvalidDataException fault)
        {
            throw new JournalDamagedException($"Record {number} of {entity} cannot be read: {fault.Message}", entity, number, fault);
        }
    }
}

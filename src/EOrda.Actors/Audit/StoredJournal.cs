using System.Data.Common;
using EOrda.Actors.Journal;
using EOrda.Actors.Persistence;

namespace EOrda.Actors.Audit;

/// <summary>A journal's tables as of one instant, however much is written meanwhile. Reads only.</summary>
internal sealed class StoredJournal : IDisposable
{
    private const int PagesAQuery = 64;
    private readonly DbConnection connection;

    /// <summary>Opens the journal of a database.</summary>
    /// <exception cref="DbException">The database cannot be read.</exception>
    public StoredJournal(Database database)
    {
        connection = database.OpenReadOnly();
        using var begin = Command(database.BeginOneInstant);
        begin.ExecuteNonQuery();
    }

    /// <summary>The entities that have pages, in the order of their names.</summary>
    public IReadOnlyList<string> Entities()
    {
        var entities = new List<string>();
        using var command = Command("SELECT DISTINCT persistence_id FROM journal");
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            entities.Add(rows.GetString(0));
        }

        entities.Sort(StringComparer.Ordinal);
        return entities;
    }

    /// <summary>An entity's pages in order.</summary>
    /// <exception cref="JournalDamagedException">One is missing or no page.</exception>
    public IEnumerable<Page> Pages(string entity)
    {
        var last = 0L;
        for (var read = PagesAQuery; read == PagesAQuery;)
        {
            var pages = PagesAfter(entity, last);
            foreach (var (number, page) in pages)
            {
                if (number != ++last)
                {
                    throw new JournalDamagedException($"Page {last} of {entity} is missing.", entity);
                }

                yield return page;
            }

            read = pages.Count;
        }
    }

    /// <summary>An entity's snapshots, each with the number of the page that it was taken at.</summary>
    /// <exception cref="JournalDamagedException">One is no snapshot.</exception>
    public IReadOnlyDictionary<long, EntitySnapshot> Snapshots(string entity)
    {
        var snapshots = new Dictionary<long, EntitySnapshot>();
        using var command = Command("SELECT sequence_number, snapshot FROM snapshot WHERE persistence_id = @entity", ("@entity", entity));
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            snapshots.Add(rows.GetInt64(0), Read(entity, "snapshot", rows.GetInt64(0), rows.GetFieldValue<byte[]>(1), EordaSerializer.ReadSnapshot));
        }

        return snapshots;
    }

    /// <summary>All seals, by day and entity.</summary>
    public IReadOnlyList<Seal> Seals()
    {
        var seals = new List<Seal>();
        using var command = Command("SELECT day, entity, record, hash, mac FROM seal");
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            seals.Add(new Seal(rows.GetString(0), new Head(rows.GetString(1), rows.GetInt64(2), rows.GetFieldValue<byte[]>(3)), rows.GetFieldValue<byte[]>(4)));
        }

        return seals;
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private List<(long Number, Page Page)> PagesAfter(string entity, long last)
    {
        var pages = new List<(long, Page)>();
        using var command = Command(
            $"SELECT sequence_number, message FROM journal WHERE persistence_id = @entity AND sequence_number > @last ORDER BY sequence_number LIMIT {PagesAQuery}",
            ("@entity", entity),
            ("@last", last));
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            pages.Add((rows.GetInt64(0), Read(entity, "page", rows.GetInt64(0), rows.GetFieldValue<byte[]>(1), Page.Read)));
        }

        return pages;
    }

    private static T Read<T>(string entity, string what, long number, byte[] bytes, Func<byte[], T> read)
    {
        try
        {
            return read(bytes);
        }
        catch (Exception fault) when (fault is InvalidDataException or ArgumentException)
        {
            throw new JournalDamagedException($"The {what} {number} of {entity} cannot be read: {fault.Message}", entity, inner: fault);
        }
    }

    private DbCommand Command(string text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}

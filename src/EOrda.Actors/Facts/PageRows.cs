using System.Buffers.Binary;
using System.Data;
using System.Data.Common;
using System.Globalization;
using EOrda.Actors.Journal;
using EOrda.Actors.Persistence;

namespace EOrda.Actors.Facts;

/// <summary>The pages of one entity in the journal's table. The statements are the same on both databases.</summary>
internal sealed class PageRows(DbConnection connection, string entity)
{
    private const int RowsAQuery = 16;
    private const string OfEntity = "FROM journal WHERE persistence_id = @entity";

    /// <summary>
    /// The page with a record, by its sequence number and the number of its first record. The first or last page when all are behind or before the record;
    /// null when there is none.
    /// </summary>
    public (long Sequence, long First)? FindPageOf(long record)
    {
        if (Edge("MIN") is not { } low || Edge("MAX") is not { } high)
        {
            return null;
        }

        var found = HeaderAtOrBefore(low);
        while (low < high)
        {
            var header = HeaderAtOrBefore(low + (high - low + 1) / 2);
            if (header.First <= record)
            {
                (found, low) = (header, low + (high - low + 1) / 2);
            }
            else
            {
                high = header.Sequence - 1;
            }
        }

        return found;
    }

    /// <summary>The hash of the last record before a page; null when the page is the entity's first.</summary>
    public byte[]? HashBefore(long sequence)
    {
        using var command = Command(
            $"SELECT substr(message, length(message) - {RecordFormat.HashBytes - 1}, {RecordFormat.HashBytes}) {OfEntity} AND sequence_number < @sequence ORDER BY sequence_number DESC LIMIT 1",
            sequence);
        return command.ExecuteScalar() as byte[];
    }

    /// <summary>The pages from a sequence number on, read a few at a time.</summary>
    /// <exception cref="JournalDamagedException">A row is no page.</exception>
    public IEnumerable<Page> From(long sequence)
    {
        while (true)
        {
            var rows = Rows(sequence);
            foreach (var (number, manifest, bytes) in rows)
            {
                yield return PageOf(number, manifest, bytes);
                sequence = number + 1;
            }

            if (rows.Count < RowsAQuery)
            {
                yield break;
            }
        }
    }

    private List<(long Sequence, string Manifest, byte[] Bytes)> Rows(long sequence)
    {
        using var command = Command(
            $"SELECT sequence_number, manifest, message {OfEntity} AND sequence_number >= @sequence ORDER BY sequence_number LIMIT {RowsAQuery}",
            sequence);
        using var reader = command.ExecuteReader();
        var rows = new List<(long, string, byte[])>();
        while (reader.Read())
        {
            rows.Add((reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)));
        }

        return rows;
    }

    private Page PageOf(long sequence, string manifest, byte[] bytes)
    {
        try
        {
            return manifest == EordaSerializer.PageManifest ? Page.Read(bytes) : throw new InvalidDataException($"The manifest '{manifest}' is no page's.");
        }
        catch (InvalidDataException fault)
        {
            throw Damaged(sequence, fault.Message);
        }
    }

    // The row with the sequence number, or the nearest before it.
    private (long Sequence, long First) HeaderAtOrBefore(long sequence)
    {
        using var command = Command(
            $"SELECT sequence_number, substr(message, 1, {Page.FirstAt + sizeof(long)}) {OfEntity} AND sequence_number <= @sequence ORDER BY sequence_number DESC LIMIT 1",
            sequence);
        using var reader = command.ExecuteReader();
        if (!reader.Read() || reader.GetFieldValue<byte[]>(1) is not { Length: Page.FirstAt + sizeof(long) } header)
        {
            throw Damaged(sequence, "It has no header.");
        }

        return (reader.GetInt64(0), BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(Page.FirstAt)));
    }

    private long? Edge(string which)
    {
        using var command = Command($"SELECT {which}(sequence_number) {OfEntity}", sequence: null);
        return command.ExecuteScalar() is { } value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;
    }

    private DbCommand Command(string text, long? sequence)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        Add(command, "@entity", DbType.String, entity);
        if (sequence is { } number)
        {
            Add(command, "@sequence", DbType.Int64, number);
        }

        return command;
    }

    private static void Add(DbCommand command, string name, DbType type, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.DbType, parameter.Value) = (name, type, value);
        command.Parameters.Add(parameter);
    }

    private JournalDamagedException Damaged(long sequence, string how) => new($"Page {sequence} of {entity} cannot be read: {how}", entity);
}

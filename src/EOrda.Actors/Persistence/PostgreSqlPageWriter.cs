using System.Globalization;
using Npgsql;

namespace EOrda.Actors.Persistence;

/// <summary>
/// Stores pages on a PostgreSQL server: all of a transaction with one statement, which commits by itself. A process that stands still between a
/// statement and a commit of its own would keep every other node from writing the same entities until it goes on.
/// </summary>
internal sealed class PostgreSqlPageWriter : PageWriter
{
    private static readonly string Insert =
        $"""
        INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier)
        SELECT $1, false, page.entity, page.number, page.message, '', '{EordaSerializer.PageManifest}', {EordaSerializer.Id.ToString(CultureInfo.InvariantCulture)}
        FROM unnest($2, $3, $4) AS page (entity, number, message)
        ON CONFLICT (persistence_id, sequence_number) DO NOTHING
        RETURNING persistence_id, sequence_number
        """;

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlCommand insert;
    private readonly NpgsqlParameter<long> created = new();
    private readonly NpgsqlParameter<string[]> entities = new();
    private readonly NpgsqlParameter<long[]> numbers = new();
    private readonly NpgsqlParameter<byte[][]> messages = new();

    /// <summary>Prepares its statement.</summary>
    /// <param name="opened">An open connection, which the writer disposes of.</param>
    public PostgreSqlPageWriter(NpgsqlConnection opened)
    {
        connection = opened;
        insert = new NpgsqlCommand(Insert, connection) { Parameters = { created, entities, numbers, messages } };
        (created.TypedValue, entities.TypedValue, numbers.TypedValue, messages.TypedValue) = (0, [], [], []);
        insert.Prepare();
    }

    /// <inheritdoc/>
    public override void Write(IReadOnlyList<WaitingPage> pages, long created)
    {
        // In one order everywhere: two nodes that write the same entities do not wait for each other in a circle.
        var ordered = pages.OrderBy(page => page.Event.PersistenceId, StringComparer.Ordinal).ThenBy(page => page.Event.SequenceNr).ToArray();
        this.created.TypedValue = created;
        entities.TypedValue = Array.ConvertAll(ordered, page => page.Event.PersistenceId);
        numbers.TypedValue = Array.ConvertAll(ordered, page => page.Event.SequenceNr);
        messages.TypedValue = Array.ConvertAll(ordered, page => page.Page.Bytes);
        try
        {
            MarkTaken(ordered);
        }
        catch (PostgresException fault) when (IsRolledBack(fault))
        {
            throw new PageNotStoredException(fault.MessageText, fault);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        insert.Dispose();
        connection.Dispose();
    }

    private void MarkTaken(WaitingPage[] pages)
    {
        var stored = new HashSet<(string Entity, long Number)>(pages.Length);
        using (var rows = insert.ExecuteReader())
        {
            while (rows.Read())
            {
                stored.Add((rows.GetString(0), rows.GetInt64(1)));
            }

            // Behind the rows comes whether they are committed.
            rows.NextResult();
        }

        foreach (var page in pages)
        {
            page.IsTaken = !stored.Contains((page.Event.PersistenceId, page.Event.SequenceNr));
        }
    }

    // An ERROR ends the transaction and not the connection. What ends the connection (FATAL) may come between the commit and its report.
    private static bool IsRolledBack(PostgresException fault) =>
        fault.InvariantSeverity == "ERROR" && fault.SqlState is not PostgresErrorCodes.StatementCompletionUnknown;
}

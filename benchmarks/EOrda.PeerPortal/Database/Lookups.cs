using EOrda.Portal.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Places;
using EOrda.Queues.Time;
using Npgsql;

namespace EOrda.PeerPortal.Database;

/// <summary>What can be looked up.</summary>
internal sealed class Lookups(PeerDatabase database)
{
    private const string PlacesOfQueue = """
        SELECT p.name, p.kindergarten, p.available, p.given_up, p.holder IS NOT NULL, p.referred, p.until
        FROM place p JOIN queue q ON q.id = p.queue WHERE q.name = $1 ORDER BY p.id
        """;

    // Out-of-turn first; then one first-priority and three general ones, again and again, until one of the two has run out.
    private const string OrderOfQueue = """
        SELECT name FROM (
            SELECT name, CASE lane
                WHEN 0 THEN rank
                WHEN 1 THEN out_of_turn + rank + least(general, 3 * (rank - 1))
                ELSE out_of_turn + rank + least(first_priority, 1 + (rank - 1) / 3) END AS position
            FROM (
                SELECT a.name, a.lane,
                    row_number() OVER (PARTITION BY a.lane ORDER BY a.submitted, a.id) AS rank,
                    count(*) FILTER (WHERE a.lane = 0) OVER () AS out_of_turn,
                    count(*) FILTER (WHERE a.lane = 1) OVER () AS first_priority,
                    count(*) FILTER (WHERE a.lane = 2) OVER () AS general
                FROM application a JOIN queue q ON q.id = a.queue WHERE q.name = $1 AND NOT a.referred) AS ranked) AS positioned
        ORDER BY position
        """;

    private const string OneApplication = """
        SELECT a.lane, a.submitted, a.referred, p.name, a.until, p.until
        FROM application a JOIN queue q ON q.id = a.queue LEFT JOIN place p ON p.id = a.place WHERE a.name = $1 AND q.name = $2
        """;

    /// <summary>How many referrals a queue has issued; null when there is no such queue. The order changes with each.</summary>
    public async Task<int?> ReferralsAsync(string queue, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var command = Command("SELECT referrals FROM queue WHERE name = $1", connection, queue);
        return (int?)await command.ExecuteScalarAsync(cancel);
    }

    /// <summary>The places of a queue in the order of registration.</summary>
    public async Task<List<PlaceEntry>> PlacesAsync(string queue, Moment at, CancellationToken cancel)
    {
        var places = new List<PlaceEntry>();
        await using var connection = await database.OpenAsync(cancel);
        await using var command = Command(PlacesOfQueue, connection, queue);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            places.Add(Entry(places.Count, reader, at));
        }

        return places;
    }

    /// <summary>The waiting applications of a queue, the first one first.</summary>
    public async Task<List<string>> OrderAsync(string queue, CancellationToken cancel)
    {
        var order = new List<string>();
        await using var connection = await database.OpenAsync(cancel);
        await using var command = Command(OrderOfQueue, connection, queue);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            order.Add(reader.GetString(0));
        }

        return order;
    }

    /// <summary>An application without its position; null when the queue has no such one.</summary>
    public async Task<Statement?> ApplicationAsync(string application, string queue, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var command = Command(OneApplication, connection, application, queue);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
        {
            return null;
        }

        return new Statement(
            (Category)reader.GetInt16(0),
            new Moment(reader.GetInt64(1)),
            reader.GetBoolean(2),
            reader.IsDBNull(3) ? null : reader.GetString(3),
            MomentAt(reader, 4),
            MomentAt(reader, 5));
    }

    private static NpgsqlCommand Command(string sql, NpgsqlConnection connection, params ReadOnlySpan<string> arguments)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = argument });
        }

        return command;
    }

    private static PlaceEntry Entry(int number, NpgsqlDataReader row, Moment at)
    {
        var (available, isGivenUp, isHeld, isReferred, until) = (new Moment(row.GetInt64(2)), row.GetBoolean(3), row.GetBoolean(4), row.GetBoolean(5), MomentAt(row, 6));
        var state = isReferred ? PlaceState.Referred
            : isHeld ? PlaceState.Reserved
            : available <= at ? PlaceState.Available
            : isGivenUp ? PlaceState.Returning
            : PlaceState.Locked;
        return new PlaceEntry(
            number,
            row.GetString(0),
            row.GetString(1),
            state,
            state == PlaceState.Available ? "open" : null,
            isHeld ? until : state == PlaceState.Available ? null : available);
    }

    private static Moment? MomentAt(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : new Moment(row.GetInt64(column));
}

/// <summary>An application as its row has it.</summary>
/// <param name="Lane">The category.</param>
/// <param name="Submitted">The instant that orders it.</param>
/// <param name="IsReferred">True when it has left the queue with a referral.</param>
/// <param name="Place">The place it holds or is referred to.</param>
/// <param name="ReservedUntil">When its reservation ends.</param>
/// <param name="PlaceUntil">When what the place is under ends.</param>
internal sealed record Statement(Category Lane, Moment Submitted, bool IsReferred, string? Place, Moment? ReservedUntil, Moment? PlaceUntil);

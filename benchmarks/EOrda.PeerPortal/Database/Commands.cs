using EOrda.Queues.Time;
using Npgsql;
using NpgsqlTypes;

namespace EOrda.PeerPortal.Database;

/// <summary>The commands, each one call of its function in <c>schema.sql</c>: one way to the server and back, one durable transaction.</summary>
internal sealed class Commands(PeerDatabase database)
{
    /// <summary>Reserves a place, or the first free one of a kindergarten.</summary>
    /// <param name="who">The application and the command's key.</param>
    /// <param name="place">The place; or</param>
    /// <param name="kindergarten">the kindergarten.</param>
    /// <param name="at">The instant of the decision.</param>
    /// <param name="until">When the reservation would end.</param>
    /// <param name="isFrozen">True before the release.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<Decision> ReserveAsync(Asking who, string? place, string? kindergarten, Moment at, Moment until, bool isFrozen, CancellationToken cancel) =>
        CallAsync("SELECT reason, given, until FROM reserve($1, $2, $3, $4, $5, $6, $7, $8)", who, cancel, Text(place), Text(kindergarten), Instant(at), Instant(until), new NpgsqlParameter<bool> { TypedValue = isFrozen });

    /// <summary>Confirms.</summary>
    public Task<Decision> ConfirmAsync(Asking who, Moment validUntil, CancellationToken cancel) =>
        CallAsync("SELECT reason, given, until FROM confirm($1, $2, $3, $4)", who, cancel, Instant(validUntil));

    /// <summary>Gives the reservation up.</summary>
    public Task<Decision> GiveUpAsync(Asking who, Moment availableAgain, CancellationToken cancel) =>
        CallAsync("SELECT reason, given, until FROM give_up($1, $2, $3, $4)", who, cancel, Instant(availableAgain));

    private static NpgsqlParameter Text(string? value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };

    private static NpgsqlParameter<long> Instant(Moment value) => new() { TypedValue = value.UnixMilliseconds };

    private async Task<Decision> CallAsync(string sql, Asking who, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters = { Text(who.Queue), Text(who.Application), new NpgsqlParameter<Guid> { TypedValue = who.Key } },
        };
        command.Parameters.AddRange(parameters);

        // What has been sent is decided, whether anybody waits for it or not.
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None);
        await reader.ReadAsync(CancellationToken.None);
        return new Decision(
            reader.IsDBNull(0) ? null : reader.GetString(0),
            reader.IsDBNull(1) ? null : reader.GetString(1),
            reader.IsDBNull(2) ? null : new Moment(reader.GetInt64(2)));
    }
}

/// <summary>Whose command it is, and its key.</summary>
internal readonly record struct Asking(string Queue, string Application, Guid Key);

using EOrda.Portal.Rehearsal;
using EOrda.Queues;
using EOrda.Queues.Time;
using Npgsql;
using NpgsqlTypes;

namespace EOrda.PeerPortal.Database;

/// <summary>Fills the tables, and warms the connections up.</summary>
internal sealed class Loading(PeerDatabase database, Commands commands, Lookups lookups)
{
    private static readonly Asking Nobody = new("", "", Guid.Empty);

    /// <summary>Has every statement prepared and planned on every connection, so that nobody waits for that at 07:00.</summary>
    public Task WarmUpAsync(CancellationToken cancel) => PeerDatabase.OnEachAsync(
        async () =>
        {
            await commands.ReserveAsync(Nobody, place: "", kindergarten: null, default, default, isFrozen: false, cancel);
            await commands.ConfirmAsync(Nobody, default, cancel);
            await commands.GiveUpAsync(Nobody, default, cancel);
            await lookups.ApplicationAsync("", "", cancel);
            await lookups.ReferralsAsync("", cancel);
            await lookups.PlacesAsync("", default, cancel);
            await lookups.OrderAsync("", cancel);
        });

    /// <summary>Copies the city's queues and applications in.</summary>
    public async Task LoadAsync(RehearsalCity city, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var queues = city.Queues.Select(q => q.ToString()).Distinct(StringComparer.Ordinal).Index().ToDictionary(q => q.Item, q => q.Index, StringComparer.Ordinal);
        await using (var rows = await connection.BeginBinaryImportAsync("COPY queue (id, name) FROM STDIN (FORMAT binary)", cancel))
        {
            foreach (var (name, id) in queues)
            {
                await rows.StartRowAsync(cancel);
                await rows.WriteAsync(id, NpgsqlDbType.Integer, cancel);
                await rows.WriteAsync(name, NpgsqlDbType.Text, cancel);
            }

            await rows.CompleteAsync(cancel);
        }

        await using (var rows = await connection.BeginBinaryImportAsync("COPY application (id, name, queue, lane, submitted) FROM STDIN (FORMAT binary)", cancel))
        {
            foreach (var (id, filed) in city.Parents().Concat(city.Waiting()).Index())
            {
                await rows.StartRowAsync(cancel);
                await rows.WriteAsync(id, NpgsqlDbType.Integer, cancel);
                await rows.WriteAsync(filed.Application, NpgsqlDbType.Text, cancel);
                await rows.WriteAsync(queues[filed.Queue], NpgsqlDbType.Integer, cancel);
                await rows.WriteAsync((short)filed.Category, NpgsqlDbType.Smallint, cancel);
                await rows.WriteAsync(filed.Submitted!.Value.UnixMilliseconds, NpgsqlDbType.Bigint, cancel);
            }

            await rows.CompleteAsync(cancel);
        }

        await database.AnalyzeAsync(cancel);
    }

    /// <summary>Lets the reservations lapse that nobody has confirmed by the end of a day.</summary>
    public async Task EndDayAsync(Moment availableAgain, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("SELECT lapse($1)", connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = availableAgain.UnixMilliseconds } } };
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Puts a morning's places in.</summary>
    public async Task AddPlacesAsync(IEnumerable<FreePlace> places, Moment available, CancellationToken cancel)
    {
        var rows = places.ToList();
        await using (var connection = await database.OpenAsync(cancel))
        {
            await using var command = new NpgsqlCommand(
                "INSERT INTO place (name, queue, kindergarten, available) SELECT p.name, q.id, p.kindergarten, $4 FROM unnest($1, $2, $3) AS p (name, queue, kindergarten) JOIN queue q ON q.name = p.queue ORDER BY p.name",
                connection)
            {
                Parameters =
                {
                    new NpgsqlParameter<string[]> { TypedValue = [.. rows.Select(p => p.Place)] },
                    new NpgsqlParameter<string[]> { TypedValue = [.. rows.Select(p => p.Queue!)] },
                    new NpgsqlParameter<string[]> { TypedValue = [.. rows.Select(p => p.Kindergarten)] },
                    new NpgsqlParameter<long> { TypedValue = available.UnixMilliseconds },
                },
            };
            await command.ExecuteNonQueryAsync(cancel);
        }

        await database.AnalyzeAsync(cancel);
    }
}

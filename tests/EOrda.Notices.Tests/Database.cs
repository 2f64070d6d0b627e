using EOrda.Notices.Kinds;
using EOrda.Notices.Outbox;
using EOrda.Notices.Storage;
using EOrda.Queues.Time;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace EOrda.Notices.Tests;

/// <summary>
/// A database of notices, empty and migrated, with a clock that stands at 07:00. It is an SQLite file; with <c>EORDA_POSTGRES</c> set to a connection string
/// (without a database) it is a database of its own on that server.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private static readonly string? Server = Environment.GetEnvironmentVariable("EORDA_POSTGRES");

    private readonly string _directory = Directory.CreateTempSubdirectory("notices-").FullName;

    private Database() => Store = Server is null ? NoticesStore.InFile(File) : NoticesStore.OnServer($"{Server};Database=notices_{Guid.NewGuid():N}");

    public string File => Path.Combine(_directory, "notices.db");

    public NoticesStore Store { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 6, 10, 2, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };

    public NoticeOutbox Outbox => new(Store, Clock);

    public Moment Now => Moment.From(Clock.GetUtcNow());

    public static async Task<Database> MakeAsync()
    {
        var database = new Database();
        await database.Store.MigrateAsync(CancellationToken.None);
        return database;
    }

    public NoticeFact Fact(long number, string addressee = "person-1", NoticeKind kind = NoticeKind.Withdrawn, string entity = "queue/almaty/general/2022")
    {
        var values = KindTraits.Of(kind).Values.ToDictionary(value => value.Key, value => Sample.Of(value.Value), StringComparer.Ordinal);
        return new NoticeFact(entity, number, kind, addressee, Now, values);
    }

    public async Task<List<DeliveryRow>> DeliveriesAsync()
    {
        await using var database = Store.Open();
        return await database.Deliveries.AsNoTracking().Include(d => d.Notice).OrderBy(d => d.Id).ToListAsync();
    }

    public async Task<List<string>> FactsAsync()
    {
        await using var database = Store.Open();
        return await database.Notices.OrderBy(n => n.Id).Select(n => n.Fact).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
        {
            await using var database = Store.Open();
            await database.Database.EnsureDeletedAsync();
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }
}

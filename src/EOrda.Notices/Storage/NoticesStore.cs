using Microsoft.EntityFrameworkCore;

namespace EOrda.Notices.Storage;

/// <summary>Opens the database of notices: an SQLite file, or a PostgreSQL server.</summary>
internal sealed class NoticesStore
{
    private const string Migrations = "eorda_notices_migrations";

    private readonly Func<NoticesContext> _open;
    private readonly string? _file;

    private NoticesStore(Func<NoticesContext> open, string? file)
    {
        _open = open;
        _file = file;
    }

    public static NoticesStore InFile(string path)
    {
        var connection = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder { DataSource = path }.ToString();
        var options = new DbContextOptionsBuilder<SqliteNoticesContext>().UseSqlite(connection, sqlite => sqlite.MigrationsHistoryTable(Migrations)).Options;
        return new NoticesStore(() => new SqliteNoticesContext(options), path);
    }

    public static NoticesStore OnServer(string connection)
    {
        var options = new DbContextOptionsBuilder<PostgresNoticesContext>().UseNpgsql(connection, npgsql => npgsql.MigrationsHistoryTable(Migrations)).Options;
        return new NoticesStore(() => new PostgresNoticesContext(options), null);
    }

    public NoticesContext Open() => _open();

    /// <summary>Makes the database where there is none, and brings it up to this program's version.</summary>
    public async Task MigrateAsync(CancellationToken cancellation)
    {
        if (_file is not null)
            OwnersFile.MakeIfMissing(_file);
        await using var database = Open();
        await database.Database.MigrateAsync(cancellation);
        if (_file is not null)
            await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellation);
    }
}

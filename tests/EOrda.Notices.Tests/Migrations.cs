using EOrda.Notices.Storage;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Notices.Tests;

public sealed class Migrations
{
    [Fact]
    public async Task An_empty_database_is_brought_up_and_left_alone_the_next_time()
    {
        await using var database = await Database.MakeAsync();
        await database.Outbox.EnqueueAsync([database.Fact(1)], CancellationToken.None);
        await database.Store.MigrateAsync(CancellationToken.None);
        Assert.Single(await database.FactsAsync());
    }

    [Fact]
    public void The_migrations_of_both_databases_have_everything_that_the_model_has()
    {
        using var sqlite = new SqliteDesign().CreateDbContext([]);
        using var postgres = new PostgresDesign().CreateDbContext([]);
        Assert.False(sqlite.Database.HasPendingModelChanges());
        Assert.False(postgres.Database.HasPendingModelChanges());
        Assert.NotEmpty(sqlite.Database.GetMigrations());
        Assert.Equal(sqlite.Database.GetMigrations(), postgres.Database.GetMigrations());
    }

    [Fact]
    public async Task The_file_is_for_its_owner_only()
    {
        var directory = Directory.CreateTempSubdirectory("notices-").FullName;
        var file = Path.Combine(directory, "notices.db");
        await NoticesStore.InFile(file).MigrateAsync(CancellationToken.None);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var path in Directory.GetFiles(directory))
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(directory, recursive: true);
    }
}

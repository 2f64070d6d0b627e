using EOrda.Actors.Journal;
using Microsoft.Data.Sqlite;

namespace EOrda.Actors.Persistence.Tests.Files;

/// <summary>The embedded journal's file is made for its owner's eyes only, and what is another program's is refused and left as it is.</summary>
public sealed class JournalFiles : IDisposable
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("eorda-files-");

    private string Journal => Path.Combine(directory.FullName, Database.FileName);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        directory.Delete(recursive: true);
    }

    [Fact]
    public void What_is_made_is_the_owners_only_whatever_SQLite_lays_beside_it()
    {
        using var connection = Prepared().Open();
        Assert.Equal(["journal.db", "journal.db-shm", "journal.db-wal"], directory.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.All(directory.GetFiles(), file => Assert.Equal(OwnersFile, OperatingSystem.IsWindows() ? OwnersFile : File.GetUnixFileMode(file.FullName)));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_not_touched() =>
        RefusedUntouched([.. Enumerable.Range(0, 20_000).Select(i => (byte)(i * 7))], "is no journal of this program");

    [Fact]
    public void Another_programs_database_is_refused_and_not_touched()
    {
        Sql("CREATE TABLE recipe (name TEXT)");
        RefusedUntouched(File.ReadAllBytes(Journal), "is no journal of this program");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(JournalFile.Version + 1)]
    public void A_journal_of_another_version_is_refused_and_not_touched(int version)
    {
        Prepared();
        SqliteConnection.ClearAllPools();
        Sql($"PRAGMA user_version = {version}");
        RefusedUntouched(File.ReadAllBytes(Journal), $"is a journal of version {version}; this program knows version {JournalFile.Version}.");
    }

    [Fact]
    public void A_journal_whose_tables_cannot_be_read_is_named()
    {
        Prepared();
        SqliteConnection.ClearAllPools();
        var bytes = File.ReadAllBytes(Journal);
        Array.Fill(bytes, (byte)0xAA, 100, 4000);
        File.WriteAllBytes(Journal, bytes);
        Assert.StartsWith($"'{Journal}' is damaged: ", Assert.Throws<JournalDamagedException>(Prepared).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_without_its_file_is_not_thrown_away()
    {
        using var connection = Prepared().Open();
        var (file, log) = (File.ReadAllBytes(Journal), File.ReadAllBytes(Journal + "-wal"));
        Assert.NotEmpty(log);
        var elsewhere = directory.CreateSubdirectory("elsewhere");
        var copy = Path.Combine(elsewhere.FullName, Database.FileName);
        File.WriteAllBytes(copy + "-wal", log);
        foreach (var missing in new[] { true, false })
        {
            if (!missing)
            {
                File.WriteAllBytes(copy, []);
            }

            Assert.Contains("write-ahead log", Assert.Throws<JournalDamagedException>(() => DatabaseSchema.Prepare(Database.Sqlite(elsewhere.FullName))).Message, StringComparison.Ordinal);
            Assert.Equal(log, File.ReadAllBytes(copy + "-wal"));
        }

        File.WriteAllBytes(copy, file);
        DatabaseSchema.Prepare(Database.Sqlite(elsewhere.FullName));
    }

    [Fact]
    public void A_first_start_that_was_cut_short_is_made_good()
    {
        File.WriteAllBytes(Journal, []);
        File.WriteAllText(Journal + ".new", "half of a file");
        File.WriteAllText(Journal + ".new-journal", "and its log");
        using var connection = Prepared().Open();
        Assert.DoesNotContain(directory.GetFiles(), file => file.Name.Contains(".new", StringComparison.Ordinal));
    }

    [Fact]
    public void Whose_the_file_is_stands_in_it_also_while_everything_else_is_in_its_log()
    {
        using var connection = Prepared().Open();
        JournalFile.Require(Journal);
        Assert.True(new FileInfo(Journal + "-wal").Length > new FileInfo(Journal).Length);
    }

    private void RefusedUntouched(byte[] content, string fault)
    {
        File.WriteAllBytes(Journal, content);
        Assert.StartsWith($"'{Journal}' {fault}", Assert.Throws<UnknownJournalException>(Prepared).Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllBytes(Journal));
        Assert.Single(directory.GetFiles());
    }

    private Database Prepared()
    {
        var database = Database.Sqlite(directory.FullName);
        DatabaseSchema.Prepare(database);
        return database;
    }

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Journal};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

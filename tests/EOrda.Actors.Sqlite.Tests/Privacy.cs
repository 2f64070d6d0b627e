namespace EOrda.Actors.Sqlite.Tests;

/// <summary>A data directory and its backups are for their owner's eyes only (docs/security.md, attack 8).</summary>
public sealed class Privacy : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersDirectory = Owner | UnixFileMode.UserExecute;
    private const UnixFileMode Lax = Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly DataDirectory _directory = new();

    private string Backup => _directory.Path + "-backup";

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_is_made_is_the_owners_only_whatever_SQLite_lays_beside_it()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var journal = _directory.Open();
        journal.Write([DataDirectory.Page("queue/a", 1)]);
        Assert.Equal(OwnersDirectory, ModeOf(_directory.Path));
        var files = Directory.GetFiles(_directory.Path);
        Assert.Equal(["journal.db", "journal.db-shm", "journal.db-wal", "lock"], files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(Owner, ModeOf(file)));
    }

    [Fact]
    public void What_others_could_read_is_closed_to_them_at_the_next_start()
    {
        if (OperatingSystem.IsWindows())
            return;
        _directory.Open().Dispose();
        var beside = Path.Combine(_directory.Path, "demonstration.json");
        File.WriteAllText(beside, "{}");
        File.SetUnixFileMode(beside, Lax);
        File.SetUnixFileMode(_directory.File, Lax);
        File.SetUnixFileMode(_directory.Path, OwnersDirectory | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        using var journal = _directory.Open();
        Assert.Equal(OwnersDirectory, ModeOf(_directory.Path));
        Assert.All(Directory.GetFiles(_directory.Path), file => Assert.Equal(Owner, ModeOf(file)));
    }

    [Fact]
    public void A_directory_with_other_things_in_it_is_not_closed_to_others_but_refused()
    {
        if (OperatingSystem.IsWindows())
            return;
        Directory.CreateDirectory(_directory.Path);
        var letters = Path.Combine(_directory.Path, "letters");
        File.WriteAllText(letters, "");
        File.SetUnixFileMode(letters, Lax);
        var open = OwnersDirectory | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(_directory.Path, open);
        Assert.Contains("other things", Assert.Throws<IOException>(_directory.Open).Message, StringComparison.Ordinal);
        Assert.Equal((open, Lax), (ModeOf(_directory.Path), ModeOf(letters)));
        Assert.False(File.Exists(_directory.File));
    }

    [Theory]
    [InlineData("journal.db")]
    [InlineData("journal.db-wal")]
    [InlineData("lock")]
    [InlineData("secret.key")]
    public void No_symbolic_link_in_it_is_followed(string name)
    {
        if (OperatingSystem.IsWindows())
            return;
        Directory.CreateDirectory(_directory.Path, OwnersDirectory);
        var elsewhere = _directory.Path + "-elsewhere";
        File.WriteAllText(elsewhere, "");
        File.CreateSymbolicLink(Path.Combine(_directory.Path, name), elsewhere);
        Assert.Contains("symbolic link", Assert.Throws<IOException>(_directory.Open).Message, StringComparison.Ordinal);
        Assert.Equal("", File.ReadAllText(elsewhere));
    }

    [Fact]
    public void An_auditor_follows_no_link_either()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var other = new DataDirectory();
        other.Open().Dispose();
        Directory.CreateDirectory(_directory.Path);
        File.CreateSymbolicLink(_directory.File, other.File);
        Assert.Contains("symbolic link", Assert.Throws<IOException>(_directory.Audit).Message, StringComparison.Ordinal);
        Assert.Contains("symbolic link", Assert.Throws<IOException>(() => JournalBackup.Write(_directory.Path, Backup)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backup_is_the_owners_only_however_lax_its_target_and_source_were()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var journal = _directory.Open();
        var key = Path.Combine(_directory.Path, "secret.key");
        File.WriteAllText(key, "key");
        File.SetUnixFileMode(key, Lax);
        Directory.CreateDirectory(Backup, OwnersDirectory | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
        JournalBackup.Write(_directory.Path, Backup);
        Assert.Equal(OwnersDirectory, ModeOf(Backup));
        var files = Directory.GetFiles(Backup);
        Assert.Equal(["journal.db", "secret.key"], files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(Owner, ModeOf(file)));
    }

    [Fact]
    public void A_backup_goes_through_no_link()
    {
        if (OperatingSystem.IsWindows())
            return;
        _directory.Open().Dispose();
        var elsewhere = Directory.CreateDirectory(_directory.Path + "-elsewhere").FullName;
        Directory.CreateSymbolicLink(Backup, elsewhere);
        Assert.Contains("symbolic link", Assert.Throws<IOException>(() => JournalBackup.Write(_directory.Path, Backup)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));

        File.WriteAllText(Path.Combine(elsewhere, "passwords"), "secret");
        File.CreateSymbolicLink(Path.Combine(_directory.Path, "secret.key"), Path.Combine(elsewhere, "passwords"));
        Assert.Contains("symbolic link", Assert.Throws<IOException>(() => JournalBackup.Write(_directory.Path, Backup + "-2")).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Backup + "-2", "secret.key")));
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);
}

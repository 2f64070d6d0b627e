using System.Diagnostics;
using EOrda.Actors.Journal;
using EOrda.Actors.Persistence;
using Microsoft.Data.Sqlite;
using static EOrda.Actors.Sqlite.Tests.DataDirectory;

namespace EOrda.Actors.Sqlite.Tests;

public sealed class OpeningAndLocking : IDisposable
{
    private const string Queue = "queue/almaty/general/2022";

    private readonly DataDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_second_writer_is_refused_until_the_first_is_closed()
    {
        using (_directory.Open())
        {
            var refused = Assert.Throws<DataDirectoryInUseException>(_directory.Open);
            Assert.Contains(_directory.Path, refused.Message, StringComparison.Ordinal);
        }

        using var next = _directory.Open();
        next.Write([Page(Queue, 1)]);
    }

    [Fact]
    public void A_writer_in_another_process_is_refused()
    {
        PrivateFiles.Secure(_directory.Path);
        using var holder = Process.Start(new ProcessStartInfo("flock", ["--exclusive", "--nonblock", Path.Combine(_directory.Path, "lock"), "sh", "-c", "echo held; read answer"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            Assert.Equal("held", holder.StandardOutput.ReadLine());
            Assert.Throws<DataDirectoryInUseException>(_directory.Open);
        }
        finally
        {
            holder.StandardInput.Close();
            Assert.True(holder.WaitForExit(TimeSpan.FromMinutes(2)));
        }

        _directory.Open().Dispose();
    }

    [Fact]
    public void A_refused_opening_leaves_the_directory_free()
    {
        Directory.CreateDirectory(_directory.Path);
        File.WriteAllText(_directory.File, "This is no database but a text that somebody left here. It is long enough to have a header's length of one hundred bytes.");
        Assert.Throws<JournalFormatException>(_directory.Open);
        File.Delete(_directory.File);
        _directory.Open().Dispose();
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_not_touched()
    {
        Directory.CreateDirectory(_directory.Path);
        var content = Bytes("foreign", 1, 20_000);
        File.WriteAllBytes(_directory.File, content);
        var refused = Assert.Throws<JournalFormatException>(_directory.Open);
        Assert.Contains(_directory.File, refused.Message, StringComparison.Ordinal);
        Assert.Throws<JournalFormatException>(_directory.Audit);
        Assert.Equal(content, File.ReadAllBytes(_directory.File));
    }

    [Fact]
    public void Another_programs_database_is_refused_and_not_touched()
    {
        Directory.CreateDirectory(_directory.Path);
        Sql("CREATE TABLE recipe (name TEXT)");
        var content = File.ReadAllBytes(_directory.File);
        Assert.Throws<JournalFormatException>(_directory.Open);
        Assert.Throws<JournalFormatException>(_directory.Audit);
        Assert.Equal(content, File.ReadAllBytes(_directory.File));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_journal_of_another_version_is_refused_and_not_touched(int version)
    {
        _directory.Open().Dispose();
        Sql($"PRAGMA user_version = {version}");
        var content = File.ReadAllBytes(_directory.File);
        var refused = Assert.Throws<JournalFormatException>(_directory.Open);
        Assert.Contains($"version {version}", refused.Message, StringComparison.Ordinal);
        Assert.Throws<JournalFormatException>(_directory.Audit);
        Assert.Equal(content, File.ReadAllBytes(_directory.File));
    }

    [Fact]
    public void A_first_start_that_was_cut_short_is_made_good()
    {
        Directory.CreateDirectory(_directory.Path);
        File.WriteAllBytes(_directory.File, []);
        _directory.Open().Dispose();
        File.Delete(_directory.File);
        Sql("PRAGMA page_size = 16384; PRAGMA journal_mode = WAL");
        using var journal = _directory.Open();
        journal.Write([Page(Queue, 1)]);
        Assert.Single(journal.Read(Queue, 1));
    }

    [Fact]
    public void A_log_without_its_file_is_not_thrown_away()
    {
        using var journal = _directory.Open();
        journal.Write([Page(Queue, 1)]);
        using var copy = _directory.CopyWhileOpen();
        File.Delete(copy.File);
        Assert.Throws<JournalDamagedException>(copy.Open);
        Assert.True(new FileInfo(copy.File + "-wal").Length > 0);
        File.Copy(_directory.File, copy.File);
        using var restored = copy.Open();
        Assert.Single(restored.Read(Queue, 1));
    }

    [Fact]
    public void A_directory_that_cannot_be_made_is_told()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_directory.Path)!);
        File.WriteAllText(_directory.Path, "a file where the directory should be");
        Assert.ThrowsAny<IOException>(_directory.Open);
    }

    [Fact]
    public void What_was_acknowledged_survives_a_killed_process()
    {
        using var journal = _directory.Open();
        for (var sequence = 1; sequence <= 60; sequence++)
        {
            journal.Write([Page(Queue, sequence, bytes: 1000 * sequence), Page($"queue/{sequence}", 1)]);
            if (sequence % 20 == 0)
                journal.SaveSnapshot(Snapshot(Queue, sequence));
            if (sequence % 7 != 0)
                continue;
            using var left = _directory.CopyWhileOpen();
            using var restarted = left.Open();
            Assert.Equal(Told(journal, Queue), Told(restarted, Queue));
            Assert.Equal(journal.Heads().Select(head => head.ToString().Length), restarted.Heads().Select(head => head.ToString().Length));
            Assert.Equal(journal.LoadSnapshot(Queue)?.Sequence, restarted.LoadSnapshot(Queue)?.Sequence);
            restarted.Write([Page(Queue, sequence + 1)]);
        }
    }

    [Fact]
    public void A_commit_cut_short_by_the_kill_is_gone_as_a_whole()
    {
        using var journal = _directory.Open();
        journal.Write([Page(Queue, 1)]);
        using var before = _directory.CopyWhileOpen();
        var kept = new FileInfo(before.File + "-wal").Length;
        journal.Write([Page(Queue, 2, bytes: 100_000), Page("queue/other", 1)]);
        using var left = _directory.CopyWhileOpen();
        using (var log = new FileStream(left.File + "-wal", FileMode.Open))
            log.SetLength(log.Length - 30_000);
        Assert.True(new FileInfo(left.File + "-wal").Length > kept);
        using var restarted = left.Open();
        Assert.Equal(1, restarted.Head(Queue)!.LastSequence);
        Assert.Null(restarted.Head("queue/other"));
        restarted.Write([Page(Queue, 2)]);
    }

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_directory.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

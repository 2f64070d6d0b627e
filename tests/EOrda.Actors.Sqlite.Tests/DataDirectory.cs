using System.Security.Cryptography;
using EOrda.Actors.Journal;
using Microsoft.Data.Sqlite;

namespace EOrda.Actors.Sqlite.Tests;

/// <summary>A data directory that is gone after the test, and what tests do to it behind the journal's back.</summary>
public sealed class DataDirectory : IDisposable
{
    private readonly DirectoryInfo _parent = System.IO.Directory.CreateTempSubdirectory("eorda-journal-");

    public string Path => System.IO.Path.Combine(_parent.FullName, "data");

    public string File => System.IO.Path.Combine(Path, "journal.db");

    public SqliteJournal Open() => SqliteJournal.Open(Path);

    public SqliteJournalView Audit() => SqliteJournal.OpenReadOnly(Path);

    /// <summary>What a killed process would have left: the files as they are, without any closing.</summary>
    public DataDirectory CopyWhileOpen()
    {
        var copy = new DataDirectory();
        System.IO.Directory.CreateDirectory(copy.Path);
        foreach (var name in new[] { "journal.db", "journal.db-wal" })
        {
            var from = System.IO.Path.Combine(Path, name);
            if (System.IO.File.Exists(from))
                System.IO.File.Copy(from, System.IO.Path.Combine(copy.Path, name));
        }

        return copy;
    }

    /// <summary>Changes the closed file with SQL, past the triggers.</summary>
    public void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "DROP TRIGGER IF EXISTS page_is_never_changed; DROP TRIGGER IF EXISTS page_is_never_deleted;"
            + "DROP TRIGGER IF EXISTS entity_is_never_changed; DROP TRIGGER IF EXISTS entity_is_never_deleted; DROP TRIGGER IF EXISTS head_is_never_deleted;" + sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Flips a bit of the closed file wherever these bytes stand (SQLite leaves copies behind in unused space).</summary>
    public void FlipBitAt(ReadOnlySpan<byte> place)
    {
        var bytes = System.IO.File.ReadAllBytes(File);
        var places = 0;
        for (var at = 0; bytes.AsSpan(at).IndexOf(place) is >= 0 and var next; at += next + place.Length, places++)
            bytes[at + next + (place.Length / 2)] ^= 0x10;
        Assert.NotEqual(0, places);
        System.IO.File.WriteAllBytes(File, bytes);
    }

    public void Dispose() => _parent.Delete(recursive: true);

    /// <summary>A page whose body and hash follow from its entity and sequence.</summary>
    public static JournalPage Page(string entity, long first, int count = 1, int bytes = 60) =>
        new(entity, first, count, Bytes(entity, first, bytes), Hash(entity, first + count - 1));

    public static JournalSnapshot Snapshot(string entity, long sequence, int bytes = 100) =>
        new(entity, sequence, Hash(entity, sequence), FormatVersion: 3, Bytes(entity, -sequence, bytes));

    public static byte[] Hash(string entity, long sequence) =>
        SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{entity}#{sequence}"));

    public static byte[] Bytes(string entity, long seed, int length)
    {
        var bytes = new byte[length];
        new Random(HashCode(entity, seed)).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Writes the records 1 to <paramref name="last"/> of an entity, one a commit.</summary>
    public static void WriteSingly(SqliteJournal journal, string entity, int last)
    {
        for (var sequence = 1; sequence <= last; sequence++)
            journal.Write([Page(entity, sequence)]);
    }

    /// <summary>What a journal says of an entity, in a form that can be compared.</summary>
    public static IReadOnlyList<string> Told(IJournal journal, string entity, long from = 1) =>
        [.. journal.Read(entity, from).Select(Told)];

    public static string Told(JournalPage page) =>
        $"{page.Entity} {page.FirstSequence}+{page.Count} {Convert.ToHexString(page.LastHash.Span)} {Convert.ToHexString(SHA256.HashData(page.Body.Span))}";

    private static int HashCode(string entity, long seed) => BitConverter.ToInt32(Hash(entity, seed));
}

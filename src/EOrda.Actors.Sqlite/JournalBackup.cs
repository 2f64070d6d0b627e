using EOrda.Actors.Journal;
using EOrda.Actors.Persistence;
using Microsoft.Data.Sqlite;

namespace EOrda.Actors.Sqlite;

/// <summary>Copies a data directory while a node may be running on it: the journal as of one instant, and the other files beside it.</summary>
public static class JournalBackup
{
    private const string Unfinished = ".part";

    /// <summary>Copies a data directory, for the owner's eyes only (<see cref="PrivateFiles"/>). The journal comes last and gets its name when it is whole, so that what looks like a backup is one.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="target">The directory to make: absent, or empty.</param>
    /// <returns>The bytes of the journal's copy.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such data directory.</exception>
    /// <exception cref="FileNotFoundException">The data directory has no journal.</exception>
    /// <exception cref="IOException">The target is not empty or a symbolic link, a file of the directory is one, or a file cannot be read or written.</exception>
    /// <exception cref="JournalFormatException">The journal is none, or one of another version.</exception>
    /// <exception cref="JournalDamagedException">The journal's file is damaged.</exception>
    public static long Write(string directory, string target)
    {
        (directory, target) = (Path.GetFullPath(directory), Path.GetFullPath(target));
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"The data directory '{directory}' does not exist.");
        var journal = JournalFile.PathIn(directory);
        if (!File.Exists(journal))
            throw new FileNotFoundException($"The directory '{directory}' holds no journal: '{journal}' does not exist.", journal);
        PrivateFiles.RefuseLink(journal);
        MakeEmpty(target);
        foreach (var file in Directory.GetFiles(directory).Where(IsBeside))
            Copy(file, Path.Combine(target, Path.GetFileName(file)));
        var copy = JournalFile.PathIn(target);
        try
        {
            CopyJournal(journal, copy + Unfinished);
        }
        catch (SqliteException fault)
        {
            throw Faults.Translate(fault, journal, "back up");
        }

        File.Move(copy + Unfinished, copy);
        return new FileInfo(copy).Length;
    }

    private static void MakeEmpty(string target)
    {
        PrivateFiles.RefuseLink(target);
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new IOException($"'{target}' is not empty.");
        PrivateFiles.Secure(target);
    }

    private static void Copy(string from, string to)
    {
        PrivateFiles.RefuseLink(from);
        using var source = File.OpenRead(from);
        using var copy = PrivateFiles.Create(to);
        source.CopyTo(copy);
    }

    private static bool IsBeside(string file) =>
        Path.GetFileName(file) is var name
        && name != DirectoryLock.FileName
        && !name.StartsWith(JournalFile.FileName, StringComparison.Ordinal)
        && !name.EndsWith(".new", StringComparison.Ordinal);

    // All pages in one step under one read lock: the copy is the journal as of that instant, however much is written meanwhile.
    private static void CopyJournal(string from, string to)
    {
        using var source = JournalFile.OpenForeignReader(from);
        JournalFile.MakePrivate(to);
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = to, Pooling = false }.ConnectionString);
        copy.Open();
        source.BackupDatabase(copy);
    }
}

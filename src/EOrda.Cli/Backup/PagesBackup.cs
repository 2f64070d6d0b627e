using EOrda.Actors.Persistence;
using EOrda.Actors.Sqlite;

namespace EOrda.Cli.Backup;

/// <summary>Copies a data directory with a journal of pages while a portal may be running on it: the journal as of one instant, and the other files beside it.</summary>
internal static class PagesBackup
{
    private const string Unfinished = ".part";
    private const string Lock = "lock";

    /// <summary>Copies a data directory, for the owner's eyes only. The journal comes last and gets its name when it is whole, so that what looks like a backup is one.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="target">The directory to make: absent, or empty.</param>
    /// <returns>The bytes of the journal's copy.</returns>
    /// <exception cref="IOException">The target is not empty or a symbolic link, a file of the directory is one, or a file cannot be read or written.</exception>
    public static long Write(string directory, string target)
    {
        PrivateFiles.RefuseLink(Path.Combine(directory, SqliteFile.Name));
        PrivateFiles.RefuseLink(target);
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
        {
            throw new IOException($"'{target}' is not empty.");
        }

        PrivateFiles.Secure(target);
        foreach (var file in Directory.GetFiles(directory).Where(IsBeside))
        {
            PrivateFiles.RefuseLink(file);
            using var source = File.OpenRead(file);
            using var copied = PrivateFiles.Create(Path.Combine(target, Path.GetFileName(file)));
            source.CopyTo(copied);
        }

        var copy = Path.Combine(target, SqliteFile.Name);
        PrivateFiles.Create(copy + Unfinished).Dispose();
        SqliteFile.Copy(directory, copy + Unfinished);
        File.Move(copy + Unfinished, copy);
        return new FileInfo(copy).Length;
    }

    private static bool IsBeside(string file) =>
        Path.GetFileName(file) is var name
        && name != Lock
        && !name.StartsWith(SqliteFile.Name, StringComparison.Ordinal)
        && !name.EndsWith(".new", StringComparison.Ordinal);
}

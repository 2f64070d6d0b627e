using System.Runtime.Versioning;

namespace EOrda.Actors.Persistence;

/// <summary>
/// Files for their owner's eyes only: a data directory (and a backup of one) holds people's identifiers and the key of their secrets, so its mode is 0700 and its
/// files' is 0600, and no symbolic link in it is followed. On Windows the directory's own access list holds instead.
/// </summary>
/// <remarks>A mask (<c>umask</c>) of the process would not do: it says nothing of what is there already, and of what another program makes.</remarks>
public static class PrivateFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersDirectory = OwnerOnly | UnixFileMode.UserExecute;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const string Aside = ".new";
    private const string OfTheFileSystem = "lost+found";

    /// <summary>
    /// Makes a directory, or takes one that is empty or has a journal: whatever others may do with it or with the files in it is taken back.
    /// One with other things in it is somebody's own; it is taken only as it should be.
    /// </summary>
    /// <param name="directory">The directory.</param>
    /// <exception cref="IOException">A file in it is a symbolic link; it has other things in it and is open to others; or it cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">Its mode is too wide and cannot be changed: it is somebody else's.</exception>
    public static void Secure(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        Directory.CreateDirectory(directory, OwnersDirectory);
        if (IsLax(directory) && !IsOurs(directory))
            throw new IOException($"'{directory}' is open to others than its owner and has other things in it than a journal. Give a directory of its own, or close it (chmod 700).");
        Tighten(directory);
        foreach (var file in Directory.EnumerateFiles(directory))
        {
            RefuseLink(file);
            Tighten(file);
        }
    }

    /// <summary>Refuses what is a symbolic link. What is not there is none.</summary>
    /// <exception cref="IOException">It is one.</exception>
    public static void RefuseLink(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
            throw new IOException($"'{path}' is a symbolic link. Links are not followed here: put the file itself in its place.");
    }

    /// <summary>Makes a new file and opens it for writing.</summary>
    /// <exception cref="IOException">There is one, or a link, or it cannot be made.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }

    /// <summary>Writes a file, in place of one that is there: aside, synced and then moved, so that there is never half a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes what is to stand in it.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Replace(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        File.Delete(path + Aside);
        using (var file = Create(path + Aside))
        {
            write(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + Aside, path, overwrite: true);
    }

    private static bool IsOurs(string directory) =>
        File.Exists(Path.Combine(directory, Database.FileName))
        || Database.IsIn(directory)
        || Directory.EnumerateFileSystemEntries(directory).All(entry => Path.GetFileName(entry) == OfTheFileSystem);

    [UnsupportedOSPlatform("windows")]
    private static bool IsLax(string path) => (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;

    [UnsupportedOSPlatform("windows")]
    private static void Tighten(string path)
    {
        if (!IsLax(path))
            return;
        try
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) & ~Others);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException($"'{path}' is open to others than its owner, and only its owner can change that (chmod go-rwx).", e);
        }
    }
}

namespace EOrda.Accounts.Keys;

/// <summary>Files that their owner alone may read. On Windows the directory's own access list holds instead.</summary>
internal static class OwnersFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a new file.</summary>
    /// <exception cref="IOException">There is one, or it cannot be made.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    /// <summary>Takes back what others may do with a file that is there.</summary>
    /// <exception cref="AccountsStartException">It is a symbolic link.</exception>
    public static void Secure(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            throw new AccountsStartException($"'{path}' is a symbolic link. Put the file itself in its place.");
        }

        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            if ((File.GetUnixFileMode(path) & ~OwnerOnly) != UnixFileMode.None)
            {
                File.SetUnixFileMode(path, OwnerOnly);
            }
        }
        catch (FileNotFoundException)
        {
            // SQLite's own files come and go while another process uses the database.
        }
    }
}

namespace EOrda.Documents.Storage;

/// <summary>Files and directories that only their owner may read. On Windows the directory's own access list holds instead.</summary>
internal static class OwnersFile
{
    private const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a new file and opens it for writing.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = ReadWrite;
        return new FileStream(path, options);
    }

    /// <summary>Makes a directory where there is none.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, ReadWrite | UnixFileMode.UserExecute);
    }
}

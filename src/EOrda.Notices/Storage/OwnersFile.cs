namespace EOrda.Notices.Storage;

/// <summary>Files and directories that only their owner may read. On Windows the directory's own access list holds instead.</summary>
internal static class OwnersFile
{
    private const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens a file for writing; what was in it is gone.</summary>
    public static FileStream Create(string path) => Open(path, FileMode.Create);

    /// <summary>Makes an empty file where there is none.</summary>
    public static void MakeIfMissing(string path)
    {
        using var file = Open(path, FileMode.OpenOrCreate);
    }

    /// <summary>Makes a directory where there is none.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, ReadWrite | UnixFileMode.UserExecute);
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = ReadWrite;
        return new FileStream(path, options);
    }
}

using EOrda.Actors.Journal;

namespace EOrda.Actors.Persistence;

/// <summary>Keeps a data directory to one writing process, as long as it is not disposed.</summary>
/// <remarks>The lock belongs to the open file, so it ends with the process however that ends; the file itself stays and means nothing.</remarks>
internal sealed class DirectoryLock : IDisposable
{
    public const string FileName = "lock";

    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolationOnWindows = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the lock or fails at once.</summary>
    /// <exception cref="DataDirectoryInUseException">Someone else holds the lock.</exception>
    public static DirectoryLock Take(string directory)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return new DirectoryLock(new FileStream(Path.Combine(directory, FileName), options));
        }
        catch (IOException e) when (e.HResult is WouldBlockOnLinux or WouldBlockOnMac or SharingViolationOnWindows)
        {
            throw new DataDirectoryInUseException(directory, e);
        }
    }

    public void Dispose() => _file.Dispose();
}

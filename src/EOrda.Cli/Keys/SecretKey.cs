using EOrda.Actors.Persistence;
using EOrda.Actors.Sqlite;

namespace EOrda.Cli.Keys;

/// <summary>The portal's <c>secret.key</c> in a data directory (docs/operations.md): no portal starts on a journal without it.</summary>
internal static class SecretKey
{
    private const string Name = "secret.key";
    private const int KeyBytes = 32;

    /// <summary>Checks that a portal would take the key.</summary>
    /// <param name="directory">The data directory.</param>
    /// <exception cref="IOException">It is missing, not of 32 bytes, or of bytes that are all the same; or it is a symbolic link, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static void Check(string directory)
    {
        var path = Path.Combine(directory, Name);
        PrivateFiles.RefuseLink(path);
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"'{path}' is missing beside the journal: no portal starts without it. Put it back from a backup.", path);
        }

        if (file.Length != KeyBytes)
        {
            throw new IOException($"'{path}' is not a key of {KeyBytes} bytes: no portal starts with it. Put it back from a backup.");
        }

        var key = File.ReadAllBytes(path);
        if (!key.AsSpan().ContainsAnyExcept(key[0]))
        {
            throw new IOException($"'{path}' is no key, its bytes are all the same: no portal starts with it. Put it back from a backup.");
        }
    }
}

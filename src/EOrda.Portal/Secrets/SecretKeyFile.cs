using System.Security.Cryptography;

namespace EOrda.Portal.Secrets;

/// <summary>The portal's own key in its data directory, made at the first start, for the owner's eyes only.</summary>
internal static class SecretKeyFile
{
    /// <summary>The file's name in the data directory.</summary>
    public const string Name = "secret.key";

    private const int KeyBytes = 32;

    /// <summary>Reads the key, or makes it.</summary>
    /// <exception cref="InvalidDataException">The file is there and holds no key.</exception>
    public static byte[] ReadOrMake(string directory)
    {
        var path = Path.Combine(directory, Name);
        if (!File.Exists(path))
        {
            Make(path);
        }

        var key = File.ReadAllBytes(path);
        return key.Length == KeyBytes ? key : throw new InvalidDataException($"'{path}' is not a key of {KeyBytes} bytes.");
    }

    private static void Make(string path)
    {
        // Written aside and then moved, so that there is never half a key.
        var aside = path + ".new";
        File.Delete(aside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(aside, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, path);
    }
}

using System.Security.Cryptography;
using EOrda.Actors.Persistence;

namespace EOrda.Portal.Secrets;

/// <summary>The portal's own key in its data directory, made at the first start, for the owner's eyes only.</summary>
internal static class SecretKeyFile
{
    /// <summary>The file's name in the data directory.</summary>
    public const string Name = "secret.key";

    private const int KeyBytes = 32;

    /// <summary>Reads the key. It is made where there is none and no journal either: with another key every secret that was given out would be worth nothing.</summary>
    /// <exception cref="InvalidDataException">The file holds no key, or is missing beside a journal.</exception>
    public static byte[] ReadOrMake(string directory)
    {
        var path = Path.Combine(directory, Name);
        if (!File.Exists(path))
        {
            if (Database.IsIn(directory))
            {
                throw new InvalidDataException($"'{path}' is missing beside a journal: put it back from a backup. (With a new key every secret that was given out changes; whoever wants that puts {KeyBytes} random bytes there.)");
            }

            PrivateFiles.Replace(path, file => file.Write(RandomNumberGenerator.GetBytes(KeyBytes)));
        }

        var key = File.ReadAllBytes(path);
        if (key.Length != KeyBytes)
        {
            throw new InvalidDataException($"'{path}' is not a key of {KeyBytes} bytes. Put it back from a backup.");
        }

        return key.AsSpan().ContainsAnyExcept(key[0]) ? key : throw new InvalidDataException($"'{path}' is no key: its bytes are all the same. Put it back from a backup.");
    }
}

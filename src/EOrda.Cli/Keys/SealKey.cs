using EOrda.Actors.Audit;

namespace EOrda.Cli.Keys;

/// <summary>The key of the seals: a file of random bytes that lies outside of the data, where whoever can write the data cannot read it.</summary>
internal static class SealKey
{
    // More than any key needs: a file named by mistake is not read whole.
    private const int MostBytes = 4096;

    /// <summary>Reads the key.</summary>
    /// <exception cref="IOException">There is none, or it is too short or too long.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] Read(FileInfo file)
    {
        if (!file.Exists)
        {
            throw new FileNotFoundException($"'{file.FullName}' does not exist. A key is made by: head -c 32 /dev/urandom > FILE", file.FullName);
        }

        if (file.Length is < Sealing.KeyBytes or > MostBytes)
        {
            throw new IOException($"'{file.FullName}' is no key of seals: it has {file.Length} bytes, not {Sealing.KeyBytes} to {MostBytes}.");
        }

        return File.ReadAllBytes(file.FullName);
    }
}

using System.Security.Cryptography;
using System.Text;

namespace EOrda.Documents.Storage;

/// <summary>The key of the documents, from a file that does not lie among them: who has the directory alone has nothing.</summary>
/// <remarks>Keep the file apart from the backups of the directory. Lost, the documents are lost.</remarks>
public sealed class DocumentKey
{
    /// <summary>How many bytes the key has.</summary>
    public const int Length = 32;

    private readonly byte[] _names;
    private readonly byte[] _contents;

    private DocumentKey(byte[] key)
    {
        _names = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, Length, info: "EOrda documents: names"u8.ToArray());
        _contents = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, Length, info: "EOrda documents: contents"u8.ToArray());
    }

    /// <summary>Reads the key's file, or makes one for the owner's eyes only where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file has not 64 hexadecimal digits.</exception>
    /// <exception cref="IOException">It cannot be read or made.</exception>
    public static DocumentKey ReadOrMake(string path)
    {
        if (!File.Exists(path))
            Make(path);
        var text = File.ReadAllText(path).Trim();
        if (text.Length != Length * 2 || !text.All(char.IsAsciiHexDigit))
            throw new InvalidDataException($"'{path}' is not a key of documents: {Length * 2} hexadecimal digits are needed.");
        return new DocumentKey(Convert.FromHexString(text));
    }

    /// <summary>The name of a content in a scope. It tells neither of the two.</summary>
    internal byte[] NameOf(string scope, ReadOnlySpan<byte> contentHash)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _names);
        hash.AppendData(Encoding.UTF8.GetBytes(scope));
        hash.AppendData([0]);
        hash.AppendData(contentHash);
        return hash.GetHashAndReset();
    }

    /// <summary>The key of one file, from its salt.</summary>
    internal byte[] OfFile(byte[] salt) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _contents, Length, salt);

    private static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var aside = $"{path}.new";
        File.Delete(aside);
        using (var file = OwnersFile.Create(aside))
        {
            file.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length))));
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, path, overwrite: false);
    }
}

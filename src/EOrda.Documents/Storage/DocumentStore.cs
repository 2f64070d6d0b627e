using System.Security.Cryptography;
using EOrda.Documents.Content;

namespace EOrda.Documents.Storage;

/// <summary>
/// Keeps documents encrypted under a directory, each by the hash of its content (portal, P5). Safe for many threads.
/// How many documents an application may have, and who may look at one, is the caller's matter.
/// </summary>
public sealed class DocumentStore : IDisposable
{
    /// <summary>So many documents are taken at once; each is in memory while it comes and is looked at.</summary>
    public const int MostAtOnce = 16;

    /// <summary>The most characters of a scope.</summary>
    public const int LongestScope = 64;

    private const string Aside = ".new";
    private const int Buffer = 64 * 1024;

    private readonly string _directory;
    private readonly DocumentKey _key;
    private readonly SemaphoreSlim _slots = new(MostAtOnce, MostAtOnce);

    /// <summary>Opens a directory, made where there is none. What a crash left half written is removed.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="keyFile">The file with the key, made where there is none.</param>
    /// <exception cref="ArgumentException">The key's file lies in the directory.</exception>
    /// <exception cref="InvalidDataException">The key's file has no key.</exception>
    public DocumentStore(string directory, string keyFile)
    {
        _directory = Path.GetFullPath(directory);
        if (Path.GetFullPath(keyFile).StartsWith(_directory + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new ArgumentException("The key must not lie in the directory of the documents: whoever copies the one would have the other.", nameof(keyFile));
        OwnersFile.CreateDirectory(_directory);
        _key = DocumentKey.ReadOrMake(keyFile);
        foreach (var half in Directory.EnumerateFiles(_directory, $"*{Aside}"))
            File.Delete(half);
    }

    /// <summary>Stores a document, if its content is allowed. The same content in the same scope is stored once, and has the same name.</summary>
    /// <param name="scope">Whose document it is, for example the application's number: deleting it there leaves the same content elsewhere alone. 1 to 64 characters.</param>
    /// <param name="content">The document. It is read to its end, or to one byte more than is allowed.</param>
    /// <param name="cancellation">Ends the reading; nothing is stored then.</param>
    /// <exception cref="ArgumentException">The scope is empty or too long.</exception>
    /// <exception cref="IOException">The disk refuses.</exception>
    public async Task<StoreOutcome> StoreAsync(string scope, Stream content, CancellationToken cancellation)
    {
        if (scope is not { Length: > 0 and <= LongestScope })
            throw new ArgumentException($"A scope has 1 to {LongestScope} characters.", nameof(scope));
        if (!await _slots.WaitAsync(0, cancellation))
            return new StoreOutcome(null, DocumentFault.Busy);
        try
        {
            var bytes = await ReadAsync(content, cancellation);
            if (DocumentInspection.Inspect(bytes.Span, out var type) is { } fault)
                return new StoreOutcome(null, fault);
            var name = DocumentName.Of(_key.NameOf(scope, SHA256.HashData(bytes.Span)));
            Write(name, bytes.Span);
            return new StoreOutcome(new StoredDocument(name, type, bytes.Length), null);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Writes a document to a stream, after the whole of it was authenticated.</summary>
    /// <returns>False when there is none of that name; nothing is written then.</returns>
    /// <exception cref="DocumentDamagedException">It is not as it was stored. Nothing is written, unless it is changed in the same moment.</exception>
    public async Task<bool> ReadAsync(DocumentName name, Stream to, CancellationToken cancellation)
    {
        FileStream file;
        try
        {
            file = new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, Buffer, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }

        await using (file)
        {
            await SealedFile.ReadAsync(file, name, _key, (_, _) => ValueTask.CompletedTask, cancellation);
            file.Position = 0;
            await SealedFile.ReadAsync(file, name, _key, to.WriteAsync, cancellation);
        }

        return true;
    }

    /// <summary>Removes a document for good.</summary>
    /// <returns>False when there was none of that name.</returns>
    /// <exception cref="IOException">The disk refuses.</exception>
    public bool Delete(DocumentName name)
    {
        var path = PathOf(name);
        var was = File.Exists(path);
        if (was)
            File.Delete(path);
        return was;
    }

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream content, CancellationToken cancellation)
    {
        using var read = new MemoryStream();
        var buffer = new byte[Buffer];
        while (read.Length <= DocumentInspection.MostBytes)
        {
            var wanted = (int)Math.Min(buffer.Length, DocumentInspection.MostBytes + 1 - read.Length);
            var length = await content.ReadAsync(buffer.AsMemory(0, wanted), cancellation);
            if (length == 0)
                break;
            read.Write(buffer, 0, length);
        }

        return read.GetBuffer().AsMemory(0, (int)read.Length);
    }

    private void Write(DocumentName name, ReadOnlySpan<byte> content)
    {
        var path = PathOf(name);
        OwnersFile.CreateDirectory(Path.GetDirectoryName(path)!);
        var aside = Path.Combine(_directory, $"{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}{Aside}");
        using (var file = OwnersFile.Create(aside))
        {
            SealedFile.Write(file, content, name, _key);
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, path, overwrite: true);
    }

    private string PathOf(DocumentName name)
    {
        var text = name.ToString();
        return Path.Combine(_directory, text[..2], text);
    }
}

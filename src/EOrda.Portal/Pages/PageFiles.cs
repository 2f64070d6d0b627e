using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;

namespace EOrda.Portal.Pages;

/// <summary>The pages, built from <c>web</c> and carried in the assembly; read, compressed and fingerprinted once.</summary>
internal sealed class PageFiles
{
    private const string Prefix = "pages/";
    private readonly FrozenDictionary<string, PageFile> files;

    public PageFiles()
    {
        var assembly = typeof(PageFiles).Assembly;
        files = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => Read(name[Prefix.Length..], assembly.GetManifestResourceStream(name)!))
            .ToFrozenDictionary(file => "/" + file.Path);
    }

    /// <summary>The file at an address; the race page at <c>/</c>, the page of staff at <c>/staff</c>. Null when there is none.</summary>
    public PageFile? At(string path) => files.GetValueOrDefault(path switch { "/" => "/index.html", "/staff" => "/staff.html", _ => path });

    private static PageFile Read(string path, Stream resource)
    {
        using (resource)
        {
            using var plain = new MemoryStream();
            resource.CopyTo(plain);
            var bytes = plain.ToArray();
            return new PageFile(path, ContentTypeOf(path), bytes, Compress(bytes), $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(..12))}\"");
        }
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal))
        {
            brotli.Write(bytes);
        }

        return compressed.ToArray();
    }

    private static string ContentTypeOf(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}

/// <summary>One file of the pages.</summary>
/// <param name="Path">Its path, without a leading slash.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Plain">Its bytes.</param>
/// <param name="Brotli">Its bytes, compressed.</param>
/// <param name="ETag">Its fingerprint.</param>
internal sealed record PageFile(string Path, string ContentType, byte[] Plain, byte[] Brotli, string ETag)
{
    /// <summary>True when its name changes with its content.</summary>
    public bool IsImmutable => Path.StartsWith("assets/", StringComparison.Ordinal);
}

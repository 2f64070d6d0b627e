using System.Text;

namespace EOrda.Documents.Content;

/// <summary>Finds in a document what makes another program take it for its own: an archive's end, a page's tags, a PDF's head.</summary>
/// <remarks>Every mark has five bytes or more, or is looked for in a short stretch, so that the noise of a picture's data hardly ever has one.</remarks>
internal static class SecondFormats
{
    /// <summary>An archive's directory stands in the last bytes: its end and a comment of at most 65,535.</summary>
    private const int ArchiveEnd = 22 + ushort.MaxValue;

    private static readonly byte[][] Tags = [.. new[] { "script", "html", "!doctype", "iframe", "?php", "svg ", "svg>", "svg\n", "svg\r", "svg\t" }.Select(Encoding.ASCII.GetBytes)];

    private static ReadOnlySpan<byte> ArchiveMark => "PK\u0005\u0006"u8;

    public static bool Has(ReadOnlySpan<byte> content, DocumentType type) =>
        content[^Math.Min(content.Length, ArchiveEnd)..].IndexOf(ArchiveMark) >= 0
        || (type != DocumentType.Pdf && content.IndexOf("%PDF-"u8) >= 0)
        || HasTag(content);

    private static bool HasTag(ReadOnlySpan<byte> content)
    {
        for (var at = content.IndexOf((byte)'<'); at >= 0; at = Next(content, at))
        {
            var rest = content[(at + 1)..];
            foreach (var tag in Tags)
            {
                if (rest.Length >= tag.Length && Ascii.EqualsIgnoreCase(rest[..tag.Length], tag))
                    return true;
            }
        }

        return false;
    }

    private static int Next(ReadOnlySpan<byte> content, int at)
    {
        var next = content[(at + 1)..].IndexOf((byte)'<');
        return next < 0 ? -1 : at + 1 + next;
    }
}

using System.Buffers;
using System.Text;

namespace EOrda.Documents.Content;

/// <summary>Finds the names (<c>/JavaScript</c>) that make a PDF act, be locked or be packed beyond our looking.</summary>
internal static class PdfNames
{
    /// <summary>So many bytes at the end of a part that is not the last may belong to a name that goes on in the next.</summary>
    public const int LongestWritten = 256;

    private const int LongestOfInterest = 32;

    private static readonly SearchValues<byte> EndsName = SearchValues.Create("\0\t\n\f\r ()<>[]{}/%"u8);
    private static readonly SearchValues<byte> Blank = SearchValues.Create("\0\t\n\f\r "u8);

    private static readonly Dictionary<string, DocumentFault> Refused = new(StringComparer.Ordinal)
    {
        ["JavaScript"] = DocumentFault.ActiveContent,
        ["OpenAction"] = DocumentFault.ActiveContent,
        ["EmbeddedFile"] = DocumentFault.ActiveContent,
        ["EmbeddedFiles"] = DocumentFault.ActiveContent,
        ["Launch"] = DocumentFault.ActiveContent,
        ["RichMedia"] = DocumentFault.ActiveContent,
        ["Rendition"] = DocumentFault.ActiveContent,
        ["Movie"] = DocumentFault.ActiveContent,
        ["Sound"] = DocumentFault.ActiveContent,
        ["SubmitForm"] = DocumentFault.ActiveContent,
        ["ImportData"] = DocumentFault.ActiveContent,
        ["GoToE"] = DocumentFault.ActiveContent,
        ["GoToR"] = DocumentFault.ActiveContent,
        ["XFA"] = DocumentFault.ActiveContent,
        ["Encrypt"] = DocumentFault.Locked,
        ["ASCIIHexDecode"] = DocumentFault.Opaque,
        ["ASCII85Decode"] = DocumentFault.Opaque,
        ["LZWDecode"] = DocumentFault.Opaque,
        ["RunLengthDecode"] = DocumentFault.Opaque,
    };

    /// <summary>Finds the first name of interest.</summary>
    /// <param name="part">A part of the file or of an inflated stream.</param>
    /// <param name="isLast">Nothing follows the part.</param>
    /// <param name="read">How much of the part need not be looked at again with what follows.</param>
    /// <returns>Its fault, or null.</returns>
    public static DocumentFault? Find(ReadOnlySpan<byte> part, bool isLast, out int read)
    {
        read = isLast ? part.Length : Math.Max(0, part.Length - LongestWritten);
        Span<byte> name = stackalloc byte[LongestOfInterest];
        var at = 0;
        while (true)
        {
            var slash = part[at..].IndexOf((byte)'/');
            if (slash < 0)
                return null;
            at += slash + 1;
            var end = part[at..].IndexOfAny(EndsName);
            if (end < 0 && !isLast)
                return null;
            var written = end < 0 ? part[at..] : part.Slice(at, end);
            var length = Decode(written, name);
            if (Refused.TryGetValue(Encoding.Latin1.GetString(name[..length]), out var fault) && !IsHarmless(name[..length], part[(at + written.Length)..], isLast))
                return fault;
        }
    }

    /// <summary>An action on opening that only names the page to show first: <c>/OpenAction [3 0 R /Fit]</c>, as scanners write it.</summary>
    private static bool IsHarmless(ReadOnlySpan<byte> name, ReadOnlySpan<byte> after, bool isLast)
    {
        if (!name.SequenceEqual("OpenAction"u8))
            return false;
        var value = after.IndexOfAnyExcept(Blank);
        return value < 0 ? !isLast && after.Length < LongestWritten : after[value] == '[';
    }

    /// <summary>A name may write any character as <c>#</c> and two hexadecimal digits.</summary>
    private static int Decode(ReadOnlySpan<byte> written, Span<byte> name)
    {
        var length = 0;
        for (var i = 0; i < written.Length; i++)
        {
            if (length == name.Length)
                return 0;
            if (written[i] == '#' && i + 2 < written.Length && char.IsAsciiHexDigit((char)written[i + 1]) && char.IsAsciiHexDigit((char)written[i + 2]))
            {
                name[length++] = (byte)((Digit(written[i + 1]) << 4) | Digit(written[i + 2]));
                i += 2;
            }
            else
            {
                name[length++] = written[i];
            }
        }

        return length;
    }

    private static int Digit(byte hexadecimal) => hexadecimal <= '9' ? hexadecimal - '0' : (hexadecimal | 0x20) - 'a' + 10;
}

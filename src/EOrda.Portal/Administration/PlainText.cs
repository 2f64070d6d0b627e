using System.Buffers;
using System.Text;
using EOrda.Portal.Problems;

namespace EOrda.Portal.Administration;

/// <summary>Texts and identifiers that people write, as they are kept: trimmed and in NFC.</summary>
internal static class PlainText
{
    /// <summary>The longest name or address, in characters.</summary>
    public const int LongestName = 200;

    /// <summary>The shortest reason, in characters.</summary>
    public const int ShortestReason = 3;

    /// <summary>The longest reason, in characters.</summary>
    public const int LongestReason = 500;

    /// <summary>The longest identifier, in characters.</summary>
    public const int LongestIdentifier = 64;

    /// <summary>Reads a text.</summary>
    public static bool TryRead(string text, int least, int most, out string read)
    {
        read = text.Length <= most * 2 && IsWellFormed(text) ? text.Trim().Normalize() : "";
        return read.Length >= least && read.Length <= most && !read.Any(char.IsControl);
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="BadInputException">It is too short, too long, or not plain.</exception>
    public static string Read(string field, string text, int least, int most) =>
        TryRead(text, least, most, out var read) ? read : throw new BadInputException(field, Fault.NotAText(least, most));

    /// <summary>Reads why something is done.</summary>
    /// <exception cref="BadInputException">It is too short, too long, or not plain.</exception>
    public static string ReadReason(string text) => Read("reason", text, ShortestReason, LongestReason);

    /// <summary>True for 1 to 64 of a–z, A–Z, 0–9, dot, hyphen and underscore, the first a letter or digit: what can stand in an address and be a role's scope.</summary>
    public static bool IsIdentifier(string text) =>
        text.Length is > 0 and <= LongestIdentifier && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    // Half a surrogate pair has no normal form.
    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var read) != OperationStatus.Done)
            {
                return false;
            }

            text = text[read..];
        }

        return true;
    }
}

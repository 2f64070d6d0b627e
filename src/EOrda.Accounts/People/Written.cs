using System.Text;

namespace EOrda.Accounts.People;

/// <summary>Texts that people write: names, and reasons of staff. Trimmed and in NFC.</summary>
internal static class Written
{
    private const int LongestName = 200;
    private const int ShortestReason = 3;

    public static bool TryReadName(string? text, out string name) => TryRead(text, 1, LongestName, out name);

    public static bool TryReadReason(string? text, out string reason) => TryRead(text, ShortestReason, Database.AuditTables.LongestText, out reason);

    private static bool TryRead(string? text, int shortest, int longest, out string read)
    {
        read = "";
        if (text is null || text.Length > longest * 2 || !IsWellFormed(text))
        {
            return false;
        }

        read = text.Trim().Normalize();
        return read.Length >= shortest && read.Length <= longest && !read.Any(char.IsControl);
    }

    // Half a surrogate pair has no normal form; zero cannot be stored in PostgreSQL.
    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var read) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            text = text[read..];
        }

        return true;
    }
}

namespace EOrda.Documents.Content;

/// <summary>
/// Looks through a PDF file for whatever acts when it is opened: in its bytes as they stand, stream bodies too, and in every stream that can be inflated,
/// since objects hide in streams. No cross-reference is trusted, so nothing is passed over because a reader "would not look there".
/// </summary>
internal static class PdfInspection
{
    private const int EndWithin = 1024;

    public static DocumentFault? Inspect(ReadOnlySpan<byte> content)
    {
        if (content.Length < 8 || content[5] is not ((byte)'1' or (byte)'2') || content[6] != '.')
            return DocumentFault.Damaged;
        var tail = content[^Math.Min(content.Length, EndWithin)..];
        var end = tail.LastIndexOf("%%EOF"u8);
        if (end < 0)
            return DocumentFault.Damaged;
        if (tail[(end + 5)..].ContainsAnyExcept(" \r\n\t\0"u8))
            return DocumentFault.SecondFormat;
        return PdfNames.Find(content, isLast: true, out _) ?? PdfStreams.Find(content);
    }
}

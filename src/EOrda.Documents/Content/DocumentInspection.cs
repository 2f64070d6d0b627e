namespace EOrda.Documents.Content;

/// <summary>Tells what a document is by its content and refuses one that a program would execute (portal, P5).</summary>
public static class DocumentInspection
{
    /// <summary>The most bytes a document has: 10 MB.</summary>
    public const int MostBytes = 10 * 1024 * 1024;

    private static ReadOnlySpan<byte> JpegStart => [0xFF, 0xD8, 0xFF];

    /// <summary>Looks at the whole content.</summary>
    /// <param name="content">The document.</param>
    /// <param name="type">Its type, where it has no fault.</param>
    /// <returns>The fault, or null.</returns>
    public static DocumentFault? Inspect(ReadOnlySpan<byte> content, out DocumentType type)
    {
        type = default;
        if (content.IsEmpty)
            return DocumentFault.Empty;
        if (content.Length > MostBytes)
            return DocumentFault.TooLarge;
        DocumentFault? fault;
        if (content.StartsWith("%PDF-"u8))
            (type, fault) = (DocumentType.Pdf, PdfInspection.Inspect(content));
        else if (content.StartsWith(JpegStart))
            (type, fault) = (DocumentType.Jpeg, JpegInspection.Inspect(content));
        else if (content.StartsWith(PngInspection.Start))
            (type, fault) = (DocumentType.Png, PngInspection.Inspect(content));
        else
            return DocumentFault.UnknownType;
        return fault ?? (SecondFormats.Has(content, type) ? DocumentFault.SecondFormat : null);
    }
}

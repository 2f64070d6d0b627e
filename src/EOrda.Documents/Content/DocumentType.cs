namespace EOrda.Documents.Content;

/// <summary>What a document is by its content, whatever its name says.</summary>
public enum DocumentType
{
    /// <summary>A PDF file.</summary>
    Pdf,

    /// <summary>A JPEG picture.</summary>
    Jpeg,

    /// <summary>A PNG picture.</summary>
    Png,
}

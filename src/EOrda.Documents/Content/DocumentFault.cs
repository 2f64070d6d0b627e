namespace EOrda.Documents.Content;

/// <summary>Why a document is not taken.</summary>
public enum DocumentFault
{
    /// <summary>It has no content.</summary>
    Empty,

    /// <summary>It is larger than <see cref="DocumentInspection.MostBytes"/>.</summary>
    TooLarge,

    /// <summary>Its content is neither PDF nor JPEG nor PNG: a program, a page, an archive or anything else.</summary>
    UnknownType,

    /// <summary>It begins as its type does and is not whole.</summary>
    Damaged,

    /// <summary>It does something when it is opened: a script, an action, an attached file.</summary>
    ActiveContent,

    /// <summary>It is of a second format as well: an archive, a page or a PDF in a picture.</summary>
    SecondFormat,

    /// <summary>It needs a password, so that nobody can look into it.</summary>
    Locked,

    /// <summary>It is packed in a way that is not looked into, or unpacks to too much.</summary>
    Opaque,

    /// <summary>As many documents are being taken as there may be. The same document can be taken later.</summary>
    Busy,
}

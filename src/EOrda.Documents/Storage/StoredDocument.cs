using EOrda.Documents.Content;

namespace EOrda.Documents.Storage;

/// <summary>A document that is stored.</summary>
/// <param name="Name">Its name: the only thing that finds it again. Keep it with the application.</param>
/// <param name="Type">What it is by its content.</param>
/// <param name="Length">Its bytes before encryption.</param>
public sealed record StoredDocument(DocumentName Name, DocumentType Type, int Length);

/// <summary>What came of storing: the document, or why it was not taken.</summary>
/// <param name="Document">The document, or null.</param>
/// <param name="Fault">The fault, or null.</param>
public sealed record StoreOutcome(StoredDocument? Document, DocumentFault? Fault);

/// <summary>A stored document was changed, cut short, put under another name, or belongs to another key.</summary>
/// <param name="name">The document.</param>
/// <param name="inner">What found it.</param>
public sealed class DocumentDamagedException(DocumentName name, Exception? inner = null) : IOException($"The document {name} is not as it was stored.", inner);

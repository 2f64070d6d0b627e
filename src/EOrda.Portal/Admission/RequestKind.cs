namespace EOrda.Portal.Admission;

/// <summary>
/// What kind of request an endpoint answers. Metadata of every endpoint, and all that the gates look at: routing has then read the address, however it was spelled.
/// A request that no endpoint answers (404, 405, 415) has none.
/// </summary>
internal sealed class RequestKind
{
    /// <summary>Asks whether the process lives and can answer; always passes.</summary>
    public static readonly RequestKind Health = new(needsNode: false);

    /// <summary>Asks for a page's file, or another text that was made beforehand.</summary>
    public static readonly RequestKind Page = new(needsNode: false);

    /// <summary>Looks something up.</summary>
    public static readonly RequestKind Look = new(needsNode: true);

    /// <summary>Has something decided for an application, which it proves to come from.</summary>
    public static readonly RequestKind Command = new(needsNode: true);

    /// <summary>Opens a live connection.</summary>
    public static readonly RequestKind Live = new(needsNode: true);

    /// <summary>Is of a demonstration or a rehearsal.</summary>
    public static readonly RequestKind Demonstration = new(needsNode: true);

    /// <summary>Is about accounts of staff and their sessions.</summary>
    public static readonly RequestKind Staff = new(needsNode: false);

    /// <summary>Is about localities and kindergartens, by staff.</summary>
    public static readonly RequestKind Administration = new(needsNode: true);

    private RequestKind(bool needsNode) => NeedsNode = needsNode;

    /// <summary>True when it cannot be answered before the node has started.</summary>
    public bool NeedsNode { get; }

    /// <summary>The kind of a request that has been routed; null when no endpoint answers it.</summary>
    public static RequestKind? Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<RequestKind>();
}

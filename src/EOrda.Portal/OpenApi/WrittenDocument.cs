using System.Security.Cryptography;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EOrda.Portal.OpenApi;

/// <summary>The OpenAPI document as it is sent: written once, when it is first asked for, since the routes do not change while the portal runs.</summary>
internal sealed class WrittenDocument
{
    private readonly Lazy<Task<(byte[] Bytes, string Tag)>> written;

    public WrittenDocument([FromKeyedServices(PortalDocument.Name)] IOpenApiDocumentProvider provider) =>
        written = new(() => WriteAsync(provider), LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>Its bytes, and the <c>ETag</c> by which they are known.</summary>
    public Task<(byte[] Bytes, string Tag)> ReadAsync() => written.Value;

    private static async Task<(byte[] Bytes, string Tag)> WriteAsync(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync();
        using var buffer = new MemoryStream();
        await document.SerializeAsJsonAsync(buffer, OpenApiSpecVersion.OpenApi3_1);
        var bytes = buffer.ToArray();
        return (bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(..12))}\"");
    }
}

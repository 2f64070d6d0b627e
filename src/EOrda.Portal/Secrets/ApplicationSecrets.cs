using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace EOrda.Portal.Secrets;

/// <summary>
/// The secret of each application, by which a command proves that it comes from the applicant: HMAC-SHA256 of the application's identifier under the
/// portal's own key, as base64url. Nothing is stored but the key.
/// </summary>
internal sealed class ApplicationSecrets(byte[] key)
{
    private const int MaxIdentifierBytes = 256;

    /// <summary>The application's secret.</summary>
    public string Of(string application)
    {
        Span<byte> secret = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Compute(application, secret);
        return Base64Url.EncodeToString(secret);
    }

    /// <summary>True when that is the application's secret. Takes the same time however much of it is right.</summary>
    public bool Proves(string application, ReadOnlySpan<char> presented)
    {
        Span<byte> secret = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Compute(application, secret);

        // What is presented is compared as it is and never decoded: it may be anything.
        Span<char> written = stackalloc char[Base64Url.GetEncodedLength(HMACSHA256.HashSizeInBytes)];
        Base64Url.EncodeToChars(secret, written);
        return CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(written), MemoryMarshal.AsBytes(presented));
    }

    private void Compute(string application, Span<byte> secret)
    {
        Span<byte> identifier = stackalloc byte[MaxIdentifierBytes];
        HMACSHA256.HashData(key, identifier[..Encoding.UTF8.GetBytes(application, identifier)], secret);
    }
}

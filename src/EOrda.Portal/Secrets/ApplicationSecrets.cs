using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using EOrda.Portal.Applications;

namespace EOrda.Portal.Secrets;

/// <summary>
/// The secret of each application, by which a command proves that it comes from the applicant: HMAC-SHA256 of the application's identifier under the
/// portal's own key, as base64url. Nothing is stored but the key.
/// </summary>
internal sealed class ApplicationSecrets(byte[] key)
{
    private const int MaxIdentifierBytes = 256;
    private const int SecretLength = 43;
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The application's secret.</summary>
    public string Of(string application)
    {
        Span<char> secret = stackalloc char[SecretLength];
        Write(application, secret);
        return new string(secret);
    }

    /// <summary>Whether that is the application's secret. Takes the same time however much of it is right, and throws for nothing that a caller can send.</summary>
    public ProofGiven Check(string application, ReadOnlySpan<char> presented)
    {
        // What is presented is compared as it is and never decoded: it may be anything.
        if (presented.Length != SecretLength || presented.ContainsAnyExcept(Letters))
        {
            return ProofGiven.Malformed;
        }

        // What cannot be an application has no secret.
        if (!Identifier.IsPlausible(application))
        {
            return ProofGiven.Wrong;
        }

        Span<char> secret = stackalloc char[SecretLength];
        Write(application, secret);
        return CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(secret), MemoryMarshal.AsBytes(presented)) ? ProofGiven.Right : ProofGiven.Wrong;
    }

    private void Write(string application, Span<char> text)
    {
        Span<byte> identifier = stackalloc byte[MaxIdentifierBytes];
        Span<byte> secret = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, identifier[..Encoding.UTF8.GetBytes(application, identifier)], secret);
        Base64Url.EncodeToChars(secret, text);
    }
}

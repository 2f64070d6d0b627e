using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EOrda.Accounts.Keys;

namespace EOrda.Accounts.Devices;

/// <summary>
/// Keys of bound devices: ECDSA on P-256 with SHA-256, as WebCrypto makes them (<c>spki</c>; signatures of r and s, 64 bytes). A challenge is made
/// without the database, holds for one device token, and is taken once.
/// </summary>
internal sealed class DeviceKeys(Secrets secrets, AccountOptions options, TimeProvider time)
{
    /// <summary>The longest public key, in bytes; one on P-256 has 91.</summary>
    public const int LongestKey = 128;

    /// <summary>What is signed begins with this, so that a signature for something else is none for this.</summary>
    public const string Context = "eorda device sign-in\n";

    private const int NonceBytes = 16;
    private const int ContentBytes = NonceBytes + sizeof(long);
    private const int ChallengeBytes = ContentBytes + HMACSHA256.HashSizeInBytes;
    private const int SignatureBytes = 64;
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>True for a public key on P-256.</summary>
    public static bool IsKey(byte[] spki)
    {
        if (spki.Length > LongestKey)
        {
            return false;
        }

        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(spki, out var read);
            return read == spki.Length && key.ExportParameters(false).Curve.Oid.Value == P256;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>A challenge for a device; whether it is bound is not looked up.</summary>
    public string NewChallenge(Token device)
    {
        var challenge = new byte[ChallengeBytes];
        RandomNumberGenerator.Fill(challenge.AsSpan(0, NonceBytes));
        BinaryPrimitives.WriteInt64BigEndian(challenge.AsSpan(NonceBytes), (time.GetUtcNow() + options.ChallengeLife).ToUnixTimeMilliseconds());
        Mark(challenge, device).CopyTo(challenge, ContentBytes);
        return Base64Url.EncodeToString(challenge);
    }

    /// <summary>Reads a challenge: null when it was not made here for this device, or is stale.</summary>
    public UsedChallenge? Read(string challenge, Token device)
    {
        var bytes = new byte[ChallengeBytes];
        if (challenge.Length != Base64Url.GetEncodedLength(ChallengeBytes)
            || Base64Url.DecodeFromChars(challenge, bytes, out _, out var written) != OperationStatus.Done
            || written != ChallengeBytes
            || !CryptographicOperations.FixedTimeEquals(Mark(bytes, device), bytes.AsSpan(ContentBytes)))
        {
            return null;
        }

        var expires = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(NonceBytes)));
        return time.GetUtcNow() < expires ? new UsedChallenge { Nonce = bytes[..NonceBytes], ExpiresAt = expires } : null;
    }

    /// <summary>True when the key signed the challenge.</summary>
    public static bool IsSigned(byte[] spki, string challenge, byte[] signature)
    {
        if (signature.Length != SignatureBytes)
        {
            return false;
        }

        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(spki, out _);
        return key.VerifyData(Encoding.ASCII.GetBytes(Context + challenge), signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private byte[] Mark(ReadOnlySpan<byte> challenge, Token device)
    {
        Span<byte> content = stackalloc byte[ContentBytes + SHA256.HashSizeInBytes];
        challenge[..ContentBytes].CopyTo(content);
        device.ToHash().CopyTo(content[ContentBytes..]);
        return secrets.Challenge(content);
    }
}

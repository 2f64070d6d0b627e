using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using EOrda.Identifiers;

namespace EOrda.Integrations.Signatures;

/// <summary>
/// Checks signatures with .NET's own CMS: RSA and elliptic curves with SHA-2. GOST, which older keys of the country have, is not known to it and is refused.
/// The certificate must be valid at the time of the check, since the time in a signature is what the signer says.
/// </summary>
internal sealed class CmsSignatureCheck(SignatureOptions options, TimeProvider clock) : ISignatureCheck
{
    private const int Largest = 64 * 1024;
    private const string SubjectSerialNumber = "2.5.4.5";
    private const string IinPrefix = "IIN";

    /// <summary>SHA-256, SHA-384 and SHA-512.</summary>
    private static readonly HashSet<string> Digests = new(["2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3"], StringComparer.Ordinal);

    public SignatureVerdict Check(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        try
        {
            return CheckParts(content, signature);
        }
        catch (CryptographicException)
        {
            // Parts are decoded when they are first looked at: one of them is damaged.
            return SignatureVerdict.Of(SignatureFault.NotASignature);
        }
    }

    private SignatureVerdict CheckParts(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        var cms = new SignedCms(new ContentInfo(content.ToArray()), detached: true);
        if (IsAttached(signature))
            return SignatureVerdict.Of(SignatureFault.NotDetached);
        if (!TryDecode(cms, signature))
            return SignatureVerdict.Of(SignatureFault.NotASignature);
        if (cms.SignerInfos.Count != 1)
            return SignatureVerdict.Of(SignatureFault.NotOneSigner);
        var signer = cms.SignerInfos[0];
        if (signer.Certificate is not { } certificate)
            return SignatureVerdict.Of(SignatureFault.NoCertificate);
        if (!Digests.Contains(signer.DigestAlgorithm.Value!))
            return SignatureVerdict.Of(SignatureFault.Algorithm);
        if (!IsOfContent(signer))
            return SignatureVerdict.Of(SignatureFault.OtherContent);
        if (FaultOf(certificate, cms.Certificates) is { } fault)
            return SignatureVerdict.Of(fault);
        return IinIn(certificate) is { } iin ? new SignatureVerdict(null, iin, certificate.SerialNumber) : SignatureVerdict.Of(SignatureFault.NoIin);
    }

    /// <summary>A signature with a content of its own decodes as such.</summary>
    private static bool IsAttached(ReadOnlySpan<byte> signature)
    {
        var cms = new SignedCms();
        return TryDecode(cms, signature) && cms.ContentInfo.Content.Length > 0;
    }

    private static bool TryDecode(SignedCms cms, ReadOnlySpan<byte> signature)
    {
        if (signature.Length is 0 or > Largest)
            return false;
        try
        {
            cms.Decode(Binary(signature));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static byte[] Binary(ReadOnlySpan<byte> signature)
    {
        const byte Sequence = 0x30;
        if (signature[0] == Sequence)
            return signature.ToArray();
        var binary = new byte[Base64.GetMaxDecodedFromUtf8Length(signature.Length)];
        return Base64.DecodeFromUtf8(signature, binary, out _, out var length) == OperationStatus.Done ? binary[..length] : [];
    }

    private static bool IsOfContent(SignerInfo signer)
    {
        try
        {
            signer.CheckSignature(verifySignatureOnly: true);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private SignatureFault? FaultOf(X509Certificate2 certificate, X509Certificate2Collection brought)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(options.Roots);
        policy.ExtraStore.AddRange(options.Between);
        policy.ExtraStore.AddRange(brought);
        policy.RevocationMode = options.Revocation;
        policy.RevocationFlag = X509RevocationFlag.ExcludeRoot;
        policy.DisableCertificateDownloads = true;
        policy.VerificationTimeIgnored = false;
        policy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        if (!chain.Build(certificate))
            return FaultOf(chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status));
        return IsForSigning(certificate) ? null : SignatureFault.NotTrusted;
    }

    private static SignatureFault FaultOf(X509ChainStatusFlags status)
    {
        const X509ChainStatusFlags Revocation = X509ChainStatusFlags.Revoked | X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;
        return (status & ~(Revocation | X509ChainStatusFlags.NotTimeValid)) != X509ChainStatusFlags.NoError ? SignatureFault.NotTrusted
            : status.HasFlag(X509ChainStatusFlags.NotTimeValid) ? SignatureFault.Expired
            : SignatureFault.Revoked;
    }

    /// <summary>Where the certificate names its uses, signing or non-repudiation is among them.</summary>
    private static bool IsForSigning(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509KeyUsageExtension>()
            .All(usage => usage.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature) || usage.KeyUsages.HasFlag(X509KeyUsageFlags.NonRepudiation));

    /// <summary>The certificates of the country have <c>IIN123456789012</c> as the subject's serial number.</summary>
    private static Iin? IinIn(X509Certificate2 certificate)
    {
        foreach (var name in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            if (!name.HasMultipleElements
                && name.GetSingleElementType().Value == SubjectSerialNumber
                && name.GetSingleElementValue() is { } value
                && value.StartsWith(IinPrefix, StringComparison.Ordinal)
                && Iin.TryParse(value[IinPrefix.Length..], out var iin))
            {
                return iin;
            }
        }

        return null;
    }
}

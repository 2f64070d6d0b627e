using EOrda.Identifiers;

namespace EOrda.Integrations.Signatures;

/// <summary>Checks electronic signatures (ЭЦП). It does not throw for a signature that is none. Safe for many threads.</summary>
public interface ISignatureCheck
{
    /// <summary>Checks a detached CMS signature of a content.</summary>
    /// <param name="content">What was signed, byte for byte.</param>
    /// <param name="signature">The signature: CMS SignedData as DER or as Base64 of it, at most 64 KB.</param>
    /// <returns>Who signed, or why it does not count.</returns>
    SignatureVerdict Check(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature);
}

/// <summary>Who signed, or why a signature does not count.</summary>
/// <param name="Fault">The fault, or null where the signature counts.</param>
/// <param name="Signer">The IIN in the signer's certificate; compare it with who must have signed.</param>
/// <param name="SerialNumber">The certificate's serial number, to keep.</param>
public sealed record SignatureVerdict(SignatureFault? Fault, Iin? Signer, string? SerialNumber)
{
    internal static SignatureVerdict Of(SignatureFault fault) => new(fault, null, null);
}

/// <summary>Why a signature does not count.</summary>
public enum SignatureFault
{
    /// <summary>It is no CMS signature, or too large.</summary>
    NotASignature,

    /// <summary>It brings a content of its own; what was signed is what the portal shows.</summary>
    NotDetached,

    /// <summary>It has none or several signers.</summary>
    NotOneSigner,

    /// <summary>It does not bring its signer's certificate.</summary>
    NoCertificate,

    /// <summary>Its algorithm is not known here or too weak.</summary>
    Algorithm,

    /// <summary>It is not of this content.</summary>
    OtherContent,

    /// <summary>The certificate is not valid now: before its time, or after.</summary>
    Expired,

    /// <summary>The certificate was revoked, or whether it was is not known though that is asked for.</summary>
    Revoked,

    /// <summary>No configured root stands behind the certificate, or it is not for signing.</summary>
    NotTrusted,

    /// <summary>The certificate names no IIN.</summary>
    NoIin,
}

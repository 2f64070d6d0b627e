using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace EOrda.Integrations.Tests;

/// <summary>An authority that the test makes: a root, one below it, and people's certificates from 2026-01-01 to 2027-01-01.</summary>
internal sealed class Authority : IDisposable
{
    public const string Digits = "851231300005";

    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = From.AddYears(1);

    private readonly List<IDisposable> _made = [];

    private readonly bool _isRsa;

    public Authority(bool isRsa = false)
    {
        _isRsa = isRsa;
        Root = Issue("CN=Root", null, isAuthority: true);
        Below = Issue("CN=Below", Root, isAuthority: true);
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Below { get; }

    public X509Certificate2 Person(string subject = $"CN=Parent, SERIALNUMBER=IIN{Digits}", X509KeyUsageFlags usage = X509KeyUsageFlags.DigitalSignature) =>
        Issue(subject, Below, isAuthority: false, usage);

    /// <summary>A signature of a content.</summary>
    public static byte[] Sign(X509Certificate2 signer, byte[] content, bool detached = true, string digest = "2.16.840.1.101.3.4.2.1", X509IncludeOption brings = X509IncludeOption.EndCertOnly, params X509Certificate2[] others)
    {
        var cms = new SignedCms(new ContentInfo(content), detached);
        foreach (var certificate in new[] { signer }.Concat(others))
            cms.ComputeSignature(new CmsSigner(certificate) { DigestAlgorithm = new Oid(digest), IncludeOption = brings });
        return cms.Encode();
    }

    public void Dispose() => _made.ForEach(made => made.Dispose());

    private X509Certificate2 Issue(string subject, X509Certificate2? issuer, bool isAuthority, X509KeyUsageFlags usage = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign)
    {
        AsymmetricAlgorithm key = _isRsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _made.Add(key);
        var request = key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        using var issued = issuer is null ? request.CreateSelfSigned(From, Until) : request.Create(issuer, From, Until, RandomNumberGenerator.GetBytes(8));
        var certificate = issued.HasPrivateKey ? X509CertificateLoader.LoadPkcs12(issued.Export(X509ContentType.Pfx), null)
            : key is RSA own ? issued.CopyWithPrivateKey(own)
            : issued.CopyWithPrivateKey((ECDsa)key);
        _made.Add(certificate);
        return certificate;
    }
}

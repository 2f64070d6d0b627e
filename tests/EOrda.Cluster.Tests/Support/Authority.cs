using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EOrda.Cluster.Tests.Support;

/// <summary>A certificate authority for one test, with the nodes' certificates that it signed.</summary>
internal sealed class Authority : IDisposable
{
    private static readonly TimeSpan Around = TimeSpan.FromDays(1);
    private readonly string directory;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 certificate;

    public Authority(string directory)
    {
        this.directory = directory;
        var request = new CertificateRequest("CN=EOrda test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow - Around, DateTimeOffset.UtcNow + Around);
        File.WriteAllText(Path, certificate.ExportCertificatePem());
    }

    /// <summary>The file with the authority's certificate.</summary>
    public string Path => System.IO.Path.Combine(directory, "authority.pem");

    /// <summary>Makes a node's certificate.</summary>
    /// <returns>The file with it and its private key.</returns>
    public string Sign(string name)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", own, HashAlgorithmName.SHA256);
        using var signed = request.Create(certificate, DateTimeOffset.UtcNow - Around / 2, DateTimeOffset.UtcNow + Around / 2, RandomNumberGenerator.GetBytes(8));
        var path = System.IO.Path.Combine(directory, $"{name}.pem");
        File.WriteAllText(path, $"{signed.ExportCertificatePem()}\n{own.ExportPkcs8PrivateKeyPem()}\n");
        return path;
    }

    public void Dispose()
    {
        certificate.Dispose();
        key.Dispose();
    }
}

using System.Security.Cryptography.X509Certificates;

namespace EOrda.Integrations.Signatures;

/// <summary>Whom signatures are trusted by.</summary>
public sealed record SignatureOptions
{
    /// <summary>The roots (НУЦ РК). Nobody else is trusted, whatever the machine trusts.</summary>
    public required X509Certificate2Collection Roots { get; init; }

    /// <summary>Certificates between the roots and people, which signatures do not always bring.</summary>
    public X509Certificate2Collection Between { get; init; } = [];

    /// <summary>
    /// How revocation is looked up. <see cref="X509RevocationMode.Online"/> asks the authority's servers; with it, a certificate of which nothing is known does not count.
    /// </summary>
    public X509RevocationMode Revocation { get; init; } = X509RevocationMode.NoCheck;
}

using System.Security.Cryptography.X509Certificates;
using System.Text;
using EOrda.Identifiers;
using EOrda.Integrations.Signatures;
using Microsoft.Extensions.Time.Testing;

namespace EOrda.Integrations.Tests;

public sealed class Signatures : IDisposable
{
    private static readonly byte[] Contract = Encoding.UTF8.GetBytes("шарт № 1");

    private readonly Authority _authority = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 6, 10, 2, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_signature_of_the_content_under_a_trusted_root_counts_and_says_who_signed()
    {
        var signer = _authority.Person();
        var signature = Authority.Sign(signer, Contract);
        Assert.Equal(new SignatureVerdict(null, Iin.Parse(Authority.Digits), signer.SerialNumber), Check(signature));
        Assert.Null(Check(Encoding.ASCII.GetBytes(Convert.ToBase64String(signature))).Fault);
    }

    [Fact]
    public void A_signature_with_RSA_counts_as_one_with_an_elliptic_curve_does()
    {
        using var authority = new Authority(isRsa: true);
        var check = new CmsSignatureCheck(new SignatureOptions { Roots = [authority.Root], Between = [authority.Below] }, _clock);
        Assert.Null(check.Check(Contract, Authority.Sign(authority.Person(), Contract)).Fault);
    }

    [Fact]
    public void A_signature_of_another_content_does_not_count()
    {
        var signature = Authority.Sign(_authority.Person(), Contract);
        Assert.Equal(SignatureFault.OtherContent, Check(signature, content: Encoding.UTF8.GetBytes("шарт № 2")).Fault);
        Assert.Equal(SignatureFault.OtherContent, Check(signature, content: []).Fault);
    }

    [Fact]
    public void A_signature_that_brings_its_content_does_not_count() =>
        Assert.Equal(SignatureFault.NotDetached, Check(Authority.Sign(_authority.Person(), Contract, detached: false)).Fault);

    [Fact]
    public void A_root_that_is_not_configured_is_not_trusted_whatever_the_signature_brings()
    {
        using var stranger = new Authority();
        Assert.Equal(SignatureFault.NotTrusted, Check(Authority.Sign(stranger.Person(), Contract, brings: X509IncludeOption.WholeChain)).Fault);
    }

    [Fact]
    public void Without_the_certificates_between_there_is_no_way_to_the_root() =>
        Assert.Equal(SignatureFault.NotTrusted, Check(Authority.Sign(_authority.Person(), Contract), between: []).Fault);

    [Theory]
    [InlineData(2025)]
    [InlineData(2028)]
    public void A_certificate_counts_in_its_time_only(int year)
    {
        var signature = Authority.Sign(_authority.Person(), Contract);
        var clock = new FakeTimeProvider(new DateTimeOffset(year, 6, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(SignatureFault.Expired, new CmsSignatureCheck(Options(), clock).Check(Contract, signature).Fault);
    }

    [Fact]
    public void A_certificate_of_which_nothing_is_known_does_not_count_where_revocation_is_looked_up()
    {
        var check = new CmsSignatureCheck(Options() with { Revocation = X509RevocationMode.Offline }, _clock);
        Assert.Equal(SignatureFault.Revoked, check.Check(Contract, Authority.Sign(_authority.Person(), Contract)).Fault);
    }

    [Fact]
    public void A_certificate_that_is_not_for_signing_does_not_count() =>
        Assert.Equal(SignatureFault.NotTrusted, Check(Authority.Sign(_authority.Person(usage: X509KeyUsageFlags.KeyEncipherment), Contract)).Fault);

    [Fact]
    public void A_weak_digest_does_not_count() =>
        Assert.Equal(SignatureFault.Algorithm, Check(Authority.Sign(_authority.Person(), Contract, digest: "1.3.14.3.2.26")).Fault);

    [Theory]
    [InlineData("CN=Parent")]
    [InlineData("CN=IIN851231300005")]
    [InlineData("CN=Parent, SERIALNUMBER=851231300005")]
    [InlineData("CN=Parent, SERIALNUMBER=IIN851231300006")]
    public void A_certificate_without_an_IIN_in_its_place_does_not_count(string subject) =>
        Assert.Equal(SignatureFault.NoIin, Check(Authority.Sign(_authority.Person(subject), Contract)).Fault);

    [Fact]
    public void One_signs_and_brings_the_own_certificate()
    {
        Assert.Equal(SignatureFault.NotOneSigner, Check(Authority.Sign(_authority.Person(), Contract, others: _authority.Person())).Fault);
        Assert.Equal(SignatureFault.NoCertificate, Check(Authority.Sign(_authority.Person(), Contract, brings: X509IncludeOption.None)).Fault);
    }

    [Fact]
    public void What_is_no_signature_or_too_large_is_told_so_and_nothing_throws()
    {
        Assert.Equal(SignatureFault.NotASignature, Check([]).Fault);
        Assert.Equal(SignatureFault.NotASignature, Check("signature"u8.ToArray()).Fault);
        Assert.Equal(SignatureFault.NotASignature, Check("MIIB"u8.ToArray()).Fault);
        Assert.Equal(SignatureFault.NotASignature, Check(new byte[70_000]).Fault);
        var signature = Authority.Sign(_authority.Person(), Contract);
        var noise = new Random(14);
        for (var i = 0; i < 300; i++)
        {
            var changed = signature.ToArray();
            changed[noise.Next(changed.Length)] ^= (byte)(1 << noise.Next(8));
            Check(changed[..(i % 3 == 0 ? noise.Next(changed.Length) : changed.Length)]);
        }
    }

    public void Dispose() => _authority.Dispose();

    private SignatureOptions Options(X509Certificate2Collection? between = null) => new() { Roots = [_authority.Root], Between = between ?? [_authority.Below] };

    private SignatureVerdict Check(byte[] signature, byte[]? content = null, X509Certificate2Collection? between = null) =>
        new CmsSignatureCheck(Options(between), _clock).Check(content ?? Contract, signature);
}

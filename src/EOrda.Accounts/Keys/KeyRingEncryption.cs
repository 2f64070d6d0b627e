using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace EOrda.Accounts.Keys;

/// <summary>Encrypts the keys of Data Protection that lie in the database, by the key that does not (AES-256-GCM).</summary>
internal sealed class KeyRingEncryptor(AccountsKey key) : IXmlEncryptor
{
    internal const string Purpose = "data-protection";
    internal const int NonceBytes = 12;
    internal const int TagBytes = 16;

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var sealedBytes = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(key.Derive(Purpose), TagBytes);
        cipher.Encrypt(sealedBytes.AsSpan(0, NonceBytes), plain, sealedBytes.AsSpan(NonceBytes, plain.Length), sealedBytes.AsSpan(NonceBytes + plain.Length));
        return new EncryptedXmlInfo(new XElement("sealed", Convert.ToBase64String(sealedBytes)), typeof(KeyRingDecryptor));
    }
}

/// <summary>Decrypts them. Data Protection makes it by name, from the services.</summary>
internal sealed class KeyRingDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var sealedBytes = Convert.FromBase64String(encryptedElement.Value);
        var length = sealedBytes.Length - KeyRingEncryptor.NonceBytes - KeyRingEncryptor.TagBytes;
        var plain = new byte[length];
        using var cipher = new AesGcm(services.GetRequiredService<AccountsKey>().Derive(KeyRingEncryptor.Purpose), KeyRingEncryptor.TagBytes);
        cipher.Decrypt(
            sealedBytes.AsSpan(0, KeyRingEncryptor.NonceBytes),
            sealedBytes.AsSpan(KeyRingEncryptor.NonceBytes, length),
            sealedBytes.AsSpan(KeyRingEncryptor.NonceBytes + length),
            plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}

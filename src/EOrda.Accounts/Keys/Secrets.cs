using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace EOrda.Accounts.Keys;

/// <summary>Keyed hashes to look things up by, and encryption of what has to be read again. Safe for concurrent use.</summary>
internal sealed class Secrets(AccountsKey key, IDataProtectionProvider protection)
{
    private readonly byte[] iins = key.Derive("iin");
    private readonly byte[] phones = key.Derive("phone");
    private readonly byte[] logins = key.Derive("login");
    private readonly byte[] origins = key.Derive("origin");
    private readonly byte[] codes = key.Derive("code");
    private readonly byte[] challenges = key.Derive("challenge");
    private readonly byte[] tokens = key.Derive("token");
    private readonly IDataProtector people = protection.CreateProtector("EOrda.Accounts.People");
    private readonly IDataProtector authenticators = protection.CreateProtector("EOrda.Accounts.Authenticators");

    public byte[] Iin(string iin) => Hash(iins, iin);

    public byte[] Phone(string e164) => Hash(phones, e164);

    /// <summary>Stands for the number of an IIN that has no account.</summary>
    public byte[] NoPhone(byte[] iin) => HMACSHA256.HashData(phones, iin);

    public byte[] Login(string login) => Hash(logins, login);

    public byte[] Address(Origin origin) => Hash(origins, $"address {origin.Network}");

    public byte[] Device(Guid device) => Hash(origins, $"device {device:N}");

    public byte[] Code(Guid ticket, string code) => Hash(codes, $"{ticket:N} {code}");

    public byte[] Challenge(ReadOnlySpan<byte> content) => HMACSHA256.HashData(challenges, content);

    public string Protect(string personal) => people.Protect(personal);

    public string Unprotect(string stored) => people.Unprotect(stored);

    public string ProtectAuthenticator(byte[] secret) => Convert.ToBase64String(authenticators.Protect(secret));

    public byte[] UnprotectAuthenticator(string stored) => authenticators.Unprotect(Convert.FromBase64String(stored));

    /// <summary>A new bearer token: 24 bytes of chance and 8 that prove that it was made here, so that an invented one costs no look into the database.</summary>
    public string NewToken()
    {
        Span<byte> token = stackalloc byte[Token.Bytes];
        RandomNumberGenerator.Fill(token[..Token.Chance]);
        Mark(token);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Reads a token. False when it was not made here.</summary>
    public bool TryRead(string? token, out Token read)
    {
        read = default;
        Span<byte> bytes = stackalloc byte[Token.Bytes];
        Span<byte> marked = stackalloc byte[Token.Bytes];
        if (!Token.TryDecode(token, bytes))
        {
            return false;
        }

        bytes.CopyTo(marked);
        Mark(marked);
        if (!CryptographicOperations.FixedTimeEquals(bytes, marked))
        {
            return false;
        }

        read = Token.Of(bytes);
        return true;
    }

    private static byte[] Hash(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private void Mark(Span<byte> token)
    {
        Span<byte> mark = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(tokens, token[..Token.Chance], mark);
        mark[..(Token.Bytes - Token.Chance)].CopyTo(token[Token.Chance..]);
    }
}

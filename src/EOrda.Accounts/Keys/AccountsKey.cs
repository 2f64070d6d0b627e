using System.Security.Cryptography;
using System.Text;

namespace EOrda.Accounts.Keys;

/// <summary>
/// The key that is not in the database: 32 bytes in a file of the data directory. Every key of this room is derived from it, and the ring of Data
/// Protection is encrypted by it. The database alone tells neither an IIN nor a phone.
/// </summary>
/// <remarks>Nodes on one PostgreSQL need the same file. Without it nothing personal in the database can be read again: back it up, apart from the database.</remarks>
public sealed class AccountsKey
{
    /// <summary>The name of the file in the data directory.</summary>
    public const string FileName = "accounts.key";

    private const int Length = 32;
    private readonly byte[] key;

    private AccountsKey(byte[] key) => this.key = key;

    /// <summary>Tells this key from others, and nothing about it.</summary>
    internal byte[] Check => Derive("check");

    /// <summary>Makes a new key in a file for its owner only.</summary>
    /// <exception cref="IOException">There is a file, or it cannot be written.</exception>
    internal static AccountsKey Create(string path)
    {
        var made = RandomNumberGenerator.GetBytes(Length);
        using var file = OwnersFile.Create(path);
        file.Write(made);
        file.Flush(flushToDisk: true);
        return new AccountsKey(made);
    }

    /// <summary>Reads the key.</summary>
    /// <exception cref="AccountsStartException">The file is no key.</exception>
    internal static AccountsKey Open(string path)
    {
        OwnersFile.Secure(path);
        var read = File.ReadAllBytes(path);
        return read.Length == Length && read.AsSpan().ContainsAnyExcept((byte)0)
            ? new AccountsKey(read)
            : throw new AccountsStartException($"'{path}' is not a key of the accounts: it has to be the file of 32 bytes that was made with their database.");
    }

    /// <summary>A key of 32 bytes for one purpose.</summary>
    internal byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, Length, info: Encoding.UTF8.GetBytes($"eorda-accounts/{purpose}"));
}

/// <summary>The accounts cannot be opened. The message says what an operator has to do.</summary>
public sealed class AccountsStartException(string message, Exception? inner = null) : Exception(message, inner);

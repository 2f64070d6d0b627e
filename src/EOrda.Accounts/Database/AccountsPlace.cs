using EOrda.Accounts.Keys;

namespace EOrda.Accounts.Database;

/// <summary>Where the accounts are.</summary>
/// <param name="Directory">The data directory, which has the key and, when it is embedded, the database. It has to be there, for its owner only.</param>
/// <param name="PostgreSql">The connection string of PostgreSQL, or null for the embedded SQLite.</param>
public sealed record AccountsPlace(string Directory, string? PostgreSql = null)
{
    /// <summary>The name of the embedded database in the data directory.</summary>
    public const string FileName = "accounts.db";

    internal bool IsEmbedded => PostgreSql is null;

    internal string File => Path.Combine(Directory, FileName);

    internal string KeyFile => Path.Combine(Directory, AccountsKey.FileName);

    /// <summary>Tells no password of the connection string.</summary>
    public override string ToString() => IsEmbedded ? File : "PostgreSQL";
}

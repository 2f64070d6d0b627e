using System.Security.Cryptography;
using EOrda.Accounts.Keys;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Accounts.Database;

/// <summary>Accounts whose database is up to date and whose key is the right one. What <see cref="AccountsServices"/> needs.</summary>
public sealed class AccountsStart
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private AccountsStart(AccountsPlace place, AccountsKey key)
    {
        Place = place;
        Key = key;
    }

    internal AccountsPlace Place { get; }

    internal AccountsKey Key { get; }

    /// <summary>Makes the database or brings it up to date, and makes or checks the key.</summary>
    /// <param name="place">Where the accounts are.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="AccountsStartException">The database or the key is not usable; what to do is in the message. A key that was there is never replaced.</exception>
    public static async Task<AccountsStart> Prepare(AccountsPlace place, CancellationToken cancel = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            if (place.IsEmbedded)
            {
                await MakeFile(place, patience.Token);
            }

            await using var context = Open(place);
            await context.Database.MigrateAsync(patience.Token);
            return new AccountsStart(place, await FindKey(context, place, patience.Token));
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new AccountsStartException(
                $"The database of the accounts ({place}) was not brought up to date within {Patience.TotalSeconds:0} s: it does not answer, or a migration that was broken off left its lock (table __EFMigrationsLock).", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || DatabaseFault.Within(e) is not null)
        {
            throw new AccountsStartException($"The accounts ({place}) cannot be opened: {e.Message}", e);
        }
    }

    internal static AccountsContext Open(AccountsPlace place) => place.IsEmbedded
        ? new SqliteAccountsContext(new DbContextOptionsBuilder<SqliteAccountsContext>().UseSqlite(ConnectionString(place)).Options)
        : new PostgresAccountsContext(new DbContextOptionsBuilder<PostgresAccountsContext>().UseNpgsql(place.PostgreSql).Options);

    private static string ConnectionString(AccountsPlace place) => new SqliteConnectionStringBuilder { DataSource = place.File, DefaultTimeout = 10 }.ToString();

    /// <summary>The file is made before SQLite opens it, so that its log and index get the same mode.</summary>
    private static async Task MakeFile(AccountsPlace place, CancellationToken cancel)
    {
        if (!File.Exists(place.File))
        {
            await using var file = OwnersFile.Create(place.File);
        }

        foreach (var path in new[] { place.File, $"{place.File}-wal", $"{place.File}-shm" }.Where(File.Exists))
        {
            OwnersFile.Secure(path);
        }

        await using var connection = new SqliteConnection(ConnectionString(place));
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<AccountsKey> FindKey(AccountsContext context, AccountsPlace place, CancellationToken cancel)
    {
        var stored = await context.KeyChecks.AsNoTracking().SingleOrDefaultAsync(cancel);
        if (stored is null)
        {
            var made = File.Exists(place.KeyFile) ? AccountsKey.Open(place.KeyFile) : AccountsKey.Create(place.KeyFile);
            context.KeyChecks.Add(new KeyCheck { Check = made.Check });
            await context.SaveChangesAsync(cancel);
            return made;
        }

        if (!File.Exists(place.KeyFile))
        {
            throw new AccountsStartException($"'{place.KeyFile}' is missing, and without it nothing personal in the database of the accounts can be read. Bring it back from a backup, or from another node.");
        }

        var key = AccountsKey.Open(place.KeyFile);
        return CryptographicOperations.FixedTimeEquals(key.Check, stored.Check)
            ? key
            : throw new AccountsStartException($"'{place.KeyFile}' is not the key that the database of the accounts ({place}) was made with. Nodes on one database need the same file.");
    }
}

using EOrda.Accounts.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace EOrda.Accounts.Tests.Support;

/// <summary>Tests with a data directory of their own.</summary>
public abstract class AccountsTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("eorda-accounts-");

    protected string DataDirectory => directory.FullName;

    public void Dispose()
    {
        CloseFiles();
        directory.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the connections that are kept open for reuse; those of other tests stay.</summary>
    protected void CloseFiles()
    {
        using var context = AccountsStart.Open(new AccountsPlace(DataDirectory));
        Microsoft.Data.Sqlite.SqliteConnection.ClearPool((Microsoft.Data.Sqlite.SqliteConnection)context.Database.GetDbConnection());
    }

    internal Task<Room> Open(AccountOptions? options = null, FakeTimeProvider? time = null) => Room.Open(DataDirectory, options, time);

    internal static void Refused<T>(string reason, Outcome<T> outcome)
        where T : notnull => Assert.Equal(reason, outcome.Refusal?.Reason);
}

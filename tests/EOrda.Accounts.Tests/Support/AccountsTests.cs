using Microsoft.Extensions.Time.Testing;

namespace EOrda.Accounts.Tests.Support;

/// <summary>Tests with a data directory of their own.</summary>
public abstract class AccountsTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("eorda-accounts-");

    protected string DataDirectory => directory.FullName;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        directory.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    internal Task<Room> Open(AccountOptions? options = null, FakeTimeProvider? time = null) => Room.Open(DataDirectory, options, time);

    internal static void Refused<T>(string reason, Outcome<T> outcome)
        where T : notnull => Assert.Equal(reason, outcome.Refusal?.Reason);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace EOrda.Accounts.Database;

/// <summary>The embedded database.</summary>
internal sealed class SqliteAccountsContext(DbContextOptions<SqliteAccountsContext> options) : AccountsContext(options)
{
    /// <summary>A transaction that writes is alone already: it begins immediate.</summary>
    public override Task Hold(string what, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>For the tool that writes migrations.</summary>
    internal sealed class Designing : IDesignTimeDbContextFactory<SqliteAccountsContext>
    {
        public SqliteAccountsContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteAccountsContext>().UseSqlite().Options);
    }
}

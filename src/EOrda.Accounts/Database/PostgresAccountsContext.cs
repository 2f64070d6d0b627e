using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace EOrda.Accounts.Database;

/// <summary>PostgreSQL, which several nodes share.</summary>
internal sealed class PostgresAccountsContext(DbContextOptions<PostgresAccountsContext> options) : AccountsContext(options)
{
    /// <summary>An advisory lock of the transaction: rows that are not there yet cannot be locked.</summary>
    public override Task Hold(string what, CancellationToken cancel) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"eorda-accounts " + what}, 0))", cancel);

    /// <summary>For the tool that writes migrations.</summary>
    internal sealed class Designing : IDesignTimeDbContextFactory<PostgresAccountsContext>
    {
        public PostgresAccountsContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresAccountsContext>().UseNpgsql().Options);
    }
}

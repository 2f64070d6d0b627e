using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace EOrda.Notices.Storage;

/// <summary>Lets <c>dotnet ef migrations add</c> make the next migration for SQLite.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteNoticesContext>
{
    public SqliteNoticesContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteNoticesContext>().UseSqlite("Data Source=design.db").Options);
}

/// <summary>Lets <c>dotnet ef migrations add</c> make the next migration for PostgreSQL.</summary>
internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresNoticesContext>
{
    public PostgresNoticesContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresNoticesContext>().UseNpgsql("Host=localhost").Options);
}

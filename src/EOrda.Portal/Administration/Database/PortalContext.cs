using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace EOrda.Portal.Administration.Database;

/// <summary>
/// What the portal knows besides the queues: what localities and kindergartens are called, and amendments to come. One context a provider, as in the room of accounts.
/// </summary>
internal abstract class PortalContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>The table of applied migrations, beside that of the accounts in one PostgreSQL database.</summary>
    public const string History = "__PortalMigrations";

    private const int LongestName = 200;
    private const int LongestIdentifier = 64;
    private const int LongestChanges = 200_000;

    public DbSet<LocalityRow> Localities => Set<LocalityRow>();

    public DbSet<KindergartenRow> Kindergartens => Set<KindergartenRow>();

    public DbSet<AmendmentRow> Amendments => Set<AmendmentRow>();

    public DbSet<NamesVersion> Versions => Set<NamesVersion>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<string>().HaveMaxLength(LongestName);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<LocalityRow>(row =>
        {
            row.ToTable("PortalLocalities").HasKey(r => r.Locality);
            row.Property(r => r.Locality).HasMaxLength(LongestIdentifier);
        });
        modelBuilder.Entity<KindergartenRow>(row =>
        {
            row.ToTable("PortalKindergartens").HasKey(r => r.Kindergarten);
            row.Property(r => r.Kindergarten).HasMaxLength(LongestIdentifier);
            row.Property(r => r.Locality).HasMaxLength(LongestIdentifier);
            row.HasIndex(r => r.Locality);
        });
        modelBuilder.Entity<AmendmentRow>(row =>
        {
            row.ToTable("PortalAmendments").HasKey(r => r.Id);
            row.Property(r => r.Id).ValueGeneratedNever();
            row.Property(r => r.Locality).HasMaxLength(LongestIdentifier);
            row.Property(r => r.Changes).HasMaxLength(LongestChanges);
            row.HasIndex(r => new { r.State, r.From });
            row.HasIndex(r => new { r.Locality, r.From });
        });
        modelBuilder.Entity<NamesVersion>(row =>
        {
            row.ToTable("PortalNamesVersion").HasKey(r => r.Id);
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasData(new { Id = NamesVersion.OnlyId, Version = 0L });
        });
    }

    // Milliseconds since 1970: both databases compare and sort them the same.
    private sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
        instant => instant.ToUnixTimeMilliseconds(),
        stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
}

/// <summary>The embedded database.</summary>
internal sealed class SqlitePortalContext(DbContextOptions<SqlitePortalContext> options) : PortalContext(options)
{
    /// <summary>For the tool that writes migrations.</summary>
    internal sealed class Designing : IDesignTimeDbContextFactory<SqlitePortalContext>
    {
        public SqlitePortalContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqlitePortalContext>().UseSqlite(o => o.MigrationsHistoryTable(History)).Options);
    }
}

/// <summary>PostgreSQL, which several nodes share.</summary>
internal sealed class PostgresPortalContext(DbContextOptions<PostgresPortalContext> options) : PortalContext(options)
{
    /// <summary>For the tool that writes migrations.</summary>
    internal sealed class Designing : IDesignTimeDbContextFactory<PostgresPortalContext>
    {
        public PostgresPortalContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresPortalContext>().UseNpgsql(o => o.MigrationsHistoryTable(History)).Options);
    }
}

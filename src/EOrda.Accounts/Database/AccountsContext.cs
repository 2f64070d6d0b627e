using EOrda.Accounts.Audit;
using EOrda.Accounts.Codes;
using EOrda.Accounts.Devices;
using EOrda.Accounts.Lockouts;
using EOrda.Accounts.People;
using EOrda.Accounts.Sessions;
using EOrda.Accounts.Staff;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Accounts.Database;

/// <summary>
/// The tables. There is one context a provider, because EF keeps migrations by context; <see cref="SqliteAccountsContext"/> and
/// <see cref="PostgresAccountsContext"/> differ in nothing but how they hold.
/// </summary>
internal abstract class AccountsContext(DbContextOptions options) : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<KeyCheck> KeyChecks => Set<KeyCheck>();

    public DbSet<Person> People => Set<Person>();

    public DbSet<RoleGrant> Grants => Set<RoleGrant>();

    public DbSet<Enrolment> Enrolments => Set<Enrolment>();

    public DbSet<StoredSession> Sessions => Set<StoredSession>();

    public DbSet<OneTimeCode> Codes => Set<OneTimeCode>();

    public DbSet<AttemptPair> Attempts => Set<AttemptPair>();

    public DbSet<BoundDevice> Devices => Set<BoundDevice>();

    public DbSet<UsedChallenge> UsedChallenges => Set<UsedChallenge>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<AuditHead> AuditHeads => Set<AuditHead>();

    /// <summary>Lets nobody else hold the same until this transaction ends. Held in one order: a person, a number, "people", "audit".</summary>
    public abstract Task Hold(string what, CancellationToken cancel);

    /// <summary>Lets nobody else hold the same until this transaction ends.</summary>
    public Task Hold(byte[] key, CancellationToken cancel) => Hold(Convert.ToHexString(key), cancel);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<DataProtectionKey>();
        modelBuilder.Entity<KeyCheck>().ToTable("KeyCheck").HasKey(check => check.Id);
        PeopleTables.Configure(modelBuilder);
        AuditTables.Configure(modelBuilder);
    }
}

/// <summary>Tells whether the key in the data directory is the one that the database was made with.</summary>
internal sealed class KeyCheck
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    public required byte[] Check { get; init; }
}

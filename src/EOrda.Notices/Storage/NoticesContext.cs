using Microsoft.EntityFrameworkCore;

namespace EOrda.Notices.Storage;

/// <summary>The database of notices. Each provider has its own migrations.</summary>
internal abstract class NoticesContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<NoticeRow> Notices => Set<NoticeRow>();

    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();

    public DbSet<PlaceRow> Places => Set<PlaceRow>();

    public DbSet<LeaseRow> Leases => Set<LeaseRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<NoticeRow>(notice =>
        {
            notice.ToTable("notices");
            notice.Property(n => n.Fact).HasMaxLength(400);
            notice.Property(n => n.Addressee).HasMaxLength(NoticeBounds.LongestAddressee);
            notice.Property(n => n.Kind).HasMaxLength(40);
            notice.HasIndex(n => n.Fact).IsUnique();
            notice.HasIndex(n => new { n.Addressee, n.Id });
            notice.HasIndex(n => n.At);
        });
        modelBuilder.Entity<DeliveryRow>(delivery =>
        {
            delivery.ToTable("deliveries");
            delivery.Property(d => d.Fault).HasMaxLength(64);
            delivery.Property(d => d.TakenBy).HasMaxLength(64);
            delivery.HasIndex(d => new { d.State, d.Channel, d.Order, d.NextAt });
            delivery.HasIndex(d => new { d.NoticeId, d.Channel }).IsUnique();
            delivery.HasOne(d => d.Notice).WithMany(n => n.Deliveries).HasForeignKey(d => d.NoticeId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<PlaceRow>(place =>
        {
            place.ToTable("places");
            place.HasKey(p => p.Entity);
            place.Property(p => p.Entity).HasMaxLength(NoticeBounds.LongestEntity);
        });
        modelBuilder.Entity<LeaseRow>(lease =>
        {
            lease.ToTable("leases");
            lease.HasKey(l => l.Name);
            lease.Property(l => l.Name).HasMaxLength(40);
            lease.Property(l => l.Owner).HasMaxLength(NoticeBounds.LongestOwner);
        });
    }
}

/// <summary>The database in an SQLite file.</summary>
internal sealed class SqliteNoticesContext(DbContextOptions<SqliteNoticesContext> options) : NoticesContext(options);

/// <summary>The database on a PostgreSQL server.</summary>
internal sealed class PostgresNoticesContext(DbContextOptions<PostgresNoticesContext> options) : NoticesContext(options);

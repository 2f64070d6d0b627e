using EOrda.Accounts.Audit;
using EOrda.Accounts.People;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Accounts.Database;

/// <summary>Keys, lengths and indexes of the audit trail. Each way to search it has an index that ends with the sequence.</summary>
internal static class AuditTables
{
    public const int LongestWord = 100;
    public const int LongestText = 500;
    public const int LongestAddress = 64;

    public static void Configure(ModelBuilder model)
    {
        model.Entity<AuditRow>(row =>
        {
            row.ToTable("Audit");
            row.HasKey(r => r.Sequence);
            row.Property(r => r.Sequence).ValueGeneratedNever();
            row.Property(r => r.Scope).HasMaxLength(Duty.LongestScope);
            row.Property(r => r.Address).HasMaxLength(LongestAddress);
            row.Property(r => r.Action).HasMaxLength(LongestWord);
            row.Property(r => r.SubjectKind).HasMaxLength(LongestWord);
            row.Property(r => r.SubjectId).HasMaxLength(LongestWord);
            row.Property(r => r.Locality).HasMaxLength(Duty.LongestScope);
            row.Property(r => r.Details).HasMaxLength(LongestText);
            row.Property(r => r.Reason).HasMaxLength(LongestText);
            row.Property(r => r.Hash).HasMaxLength(32);
            row.HasIndex(r => new { r.PersonId, r.Sequence });
            row.HasIndex(r => new { r.SubjectKind, r.SubjectId, r.Sequence });
            row.HasIndex(r => new { r.Locality, r.Sequence });
            row.HasIndex(r => new { r.Action, r.Sequence });
            row.HasIndex(r => r.At);
        });
        model.Entity<AuditHead>(head =>
        {
            head.ToTable("AuditHead");
            head.HasKey(h => h.Id);
            head.Property(h => h.Id).ValueGeneratedNever();
            head.Property(h => h.Hash).HasMaxLength(32);
            head.Property(h => h.ErasedHash).HasMaxLength(32);
            head.HasData(new { Id = AuditHead.OnlyId, Sequence = 0L, Hash = new byte[32], LastAt = DateTimeOffset.UnixEpoch, ErasedThrough = 0L, ErasedHash = new byte[32] });
        });
    }
}

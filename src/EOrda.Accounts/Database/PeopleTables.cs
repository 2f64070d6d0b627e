using EOrda.Accounts.Codes;
using EOrda.Accounts.Devices;
using EOrda.Accounts.Lockouts;
using EOrda.Accounts.People;
using EOrda.Accounts.Sessions;
using EOrda.Accounts.Staff;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Accounts.Database;

/// <summary>Keys, lengths and indexes of the tables of people.</summary>
internal static class PeopleTables
{
    private const int HashBytes = 32;
    private const int Protected = 1_000;
    private const int ProtectedLong = 4_000;

    public static void Configure(ModelBuilder model)
    {
        model.Entity<Person>(person =>
        {
            person.Property(p => p.IinKey).HasMaxLength(HashBytes);
            person.Property(p => p.PhoneKey).HasMaxLength(HashBytes);
            person.Property(p => p.LoginKey).HasMaxLength(HashBytes);
            person.Property(p => p.ProtectedIin).HasMaxLength(Protected);
            person.Property(p => p.ProtectedPhone).HasMaxLength(Protected);
            person.Property(p => p.ProtectedLogin).HasMaxLength(Protected);
            person.Property(p => p.ProtectedName).HasMaxLength(ProtectedLong);
            person.Property(p => p.PasswordHash).HasMaxLength(Protected);
            person.Property(p => p.ProtectedAuthenticator).HasMaxLength(Protected);
            person.Property(p => p.BlockReason).HasMaxLength(AuditTables.LongestText);
            person.HasIndex(p => p.IinKey).IsUnique();
            person.HasIndex(p => p.PhoneKey).IsUnique();
            person.HasIndex(p => p.LoginKey).IsUnique();
        });
        model.Entity<RoleGrant>(grant =>
        {
            grant.Property(g => g.Scope).HasMaxLength(Duty.LongestScope);
            grant.Ignore(g => g.Duty);
            grant.HasIndex(g => g.PersonId);
            grant.HasIndex(g => new { g.Role, g.Scope });
        });
        model.Entity<Enrolment>(enrolment =>
        {
            enrolment.Property(e => e.TokenHash).HasMaxLength(HashBytes);
            enrolment.Property(e => e.ProtectedAuthenticator).HasMaxLength(Protected);
            enrolment.HasIndex(e => e.TokenHash).IsUnique();
            enrolment.HasIndex(e => e.PersonId);
        });
        model.Entity<StoredSession>(session =>
        {
            session.ToTable("Sessions");
            session.Property(s => s.TokenHash).HasMaxLength(HashBytes);
            session.Property(s => s.Scope).HasMaxLength(Duty.LongestScope);
            session.Ignore(s => s.IsStaff);
            session.HasIndex(s => s.TokenHash).IsUnique();
            session.HasIndex(s => new { s.PersonId, s.EndedAt });
            session.HasIndex(s => s.EndedAt);
            session.HasIndex(s => s.ExpiresAt);
        });
        model.Entity<OneTimeCode>(code =>
        {
            code.Property(c => c.Subject).HasMaxLength(HashBytes);
            code.Property(c => c.NumberKey).HasMaxLength(HashBytes);
            code.Property(c => c.Asker).HasMaxLength(HashBytes);
            code.Property(c => c.CodeHash).HasMaxLength(HashBytes);
            code.Property(c => c.ProtectedIin).HasMaxLength(Protected);
            code.Property(c => c.ProtectedPhone).HasMaxLength(Protected);
            code.HasIndex(c => new { c.NumberKey, c.CreatedAt });
            code.HasIndex(c => new { c.Asker, c.CreatedAt });
            code.HasIndex(c => c.CreatedAt);
        });
        model.Entity<AttemptPair>(pair =>
        {
            pair.HasKey(p => new { p.Subject, p.Origin });
            pair.Property(p => p.Subject).HasMaxLength(HashBytes);
            pair.Property(p => p.Origin).HasMaxLength(HashBytes);
            pair.HasIndex(p => new { p.Origin, p.TouchedAt });
            pair.HasIndex(p => p.TouchedAt);
        });
        model.Entity<BoundDevice>(device =>
        {
            device.Property(d => d.TokenHash).HasMaxLength(HashBytes);
            device.Property(d => d.PublicKey).HasMaxLength(DeviceKeys.LongestKey);
            device.Property(d => d.LastAddress).HasMaxLength(HashBytes);
            device.HasIndex(d => d.TokenHash).IsUnique();
            device.HasIndex(d => new { d.PersonId, d.UnboundAt });
        });
        model.Entity<UsedChallenge>(challenge =>
        {
            challenge.HasKey(c => c.Nonce);
            challenge.Property(c => c.Nonce).HasMaxLength(HashBytes);
            challenge.HasIndex(c => c.ExpiresAt);
        });
    }
}

using EOrda.Accounts.Audit;
using EOrda.Accounts.Database;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Accounts.Retention;

/// <summary>Erases what is older than it may be (P11): codes, sessions, links, challenges and counts of attempts after a day, the audit trail after five years.</summary>
internal sealed class Eraser(AccountsStore store, AuditTrail audit, AccountOptions options, TimeProvider time)
{
    private const int MostAuditRows = 10_000;

    public async Task<Outcome<Done>> Erase(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var before = now - options.KeepSessions;
        var erased = await store.Write<Done>(
            async context =>
            {
                await context.Codes.Where(c => c.CreatedAt < before).ExecuteDeleteAsync(cancel);
                await context.Sessions.Where(s => s.ExpiresAt < before || s.EndedAt < before).ExecuteDeleteAsync(cancel);
                await context.Enrolments.Where(e => e.ExpiresAt < before || e.EndedAt < before).ExecuteDeleteAsync(cancel);
                await context.Attempts.Where(a => a.TouchedAt < before && (a.LockedUntil == null || a.LockedUntil < now)).ExecuteDeleteAsync(cancel);
                await context.UsedChallenges.Where(c => c.ExpiresAt < now).ExecuteDeleteAsync(cancel);
                await context.Devices.Where(d => d.UnboundAt < before).ExecuteDeleteAsync(cancel);
                return default(Done);
            },
            cancel);
        return erased.IsGiven ? await audit.Erase(now - options.KeepAudit, MostAuditRows, cancel) : erased;
    }
}

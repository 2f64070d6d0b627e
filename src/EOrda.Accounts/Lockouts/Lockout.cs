using EOrda.Accounts.Database;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;

namespace EOrda.Accounts.Lockouts;

/// <summary>
/// Three wrong passwords or codes in a row within 60 minutes lock for 4 hours, the next lock of the same local day for 10 (P2; 000: 20-16, 20-17).
/// Locked is the pair of account and device or address that failed, so nobody locks anybody else out. What is not an account is counted the same.
/// </summary>
/// <remarks>An attempt is counted before it is checked and forgiven when it was right: of fifty at once three are checked.</remarks>
internal sealed class Lockout(AccountOptions options)
{
    /// <summary>Counts an attempt. The caller holds the subject.</summary>
    /// <returns>The attempt, or why it is not checked.</returns>
    public async Task<Outcome<Attempt>> Count(AccountsContext context, byte[] subject, byte[] origin, DateTimeOffset now, CancellationToken cancel)
    {
        var pair = await context.Attempts.FindAsync([subject, origin], cancel);
        if (pair?.LockedUntil > now)
        {
            return new Refusal(Reasons.Locked, pair.LockedUntil - now);
        }

        if (pair is null)
        {
            var since = now - options.FailureWindow;
            if (await context.Attempts.CountAsync(other => other.Origin == origin && other.TouchedAt > since, cancel) >= options.FailedAccountsOfAddress)
            {
                return new Refusal(Reasons.Locked, options.FailureWindow);
            }

            pair = new AttemptPair { Subject = subject, Origin = origin };
            context.Attempts.Add(pair);
        }

        pair.TouchedAt = now;
        var isThird = pair.EarlierAt > now - options.FailureWindow;
        if (isThird)
        {
            Lock(pair, now);
        }
        else
        {
            pair.EarlierAt = pair.LastAt;
            pair.LastAt = now;
        }

        return new Attempt(subject, origin, isThird);
    }

    /// <summary>The attempt was right: those before it no longer count.</summary>
    public static async Task Forgive(AccountsContext context, Attempt attempt, CancellationToken cancel)
    {
        if (await context.Attempts.FindAsync([attempt.Subject, attempt.Origin], cancel) is not { } pair)
        {
            return;
        }

        pair.EarlierAt = null;
        pair.LastAt = null;
        pair.LockedUntil = null;
        pair.LocksOfDay -= attempt.Locks ? 1 : 0;
        if (pair.LocksOfDay == 0)
        {
            context.Attempts.Remove(pair);
        }
    }

    private void Lock(AttemptPair pair, DateTimeOffset now)
    {
        var day = Day(now);
        pair.LocksOfDay = pair.LockDay == day ? pair.LocksOfDay + 1 : 1;
        pair.LockDay = day;
        pair.LockedUntil = now + (pair.LocksOfDay == 1 ? options.FirstLock : options.NextLock);
        pair.EarlierAt = null;
        pair.LastAt = null;
    }

    private int Day(DateTimeOffset now)
    {
        var date = now.ToInstant().InZone(options.Zone).Date;
        return (date.Year * 100 + date.Month) * 100 + date.Day;
    }
}

/// <summary>An attempt that was counted.</summary>
/// <param name="Subject">The account, or what stands for one.</param>
/// <param name="Origin">The device or address.</param>
/// <param name="Locks">True when the pair is locked unless this attempt is right.</param>
internal sealed record Attempt(byte[] Subject, byte[] Origin, bool Locks);

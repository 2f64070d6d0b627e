using System.Data.Common;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace EOrda.Accounts.Database;

/// <summary>Reads, and writes in transactions. A database that fails is an outcome, not an exception. Safe for concurrent use.</summary>
/// <remarks>
/// The embedded database has one writer at a time: writes of this process wait here, where waiting costs no thread, and at most
/// <see cref="AccountOptions.WritesWaiting"/> of them.
/// </remarks>
internal sealed partial class AccountsStore(
    Func<AccountsContext> open, AccountsPlace place, IDataProtectionProvider protection, AccountOptions options, TimeProvider time, ILogger<AccountsStore> log) : IDisposable
{
    private static readonly TimeSpan BusyRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);

    private readonly IDataProtector keyRing = protection.CreateProtector("EOrda.Accounts.KeyRing");
    private readonly SemaphoreSlim writer = new(1);
    private int waiting;
    private long loggedAt = long.MinValue;

    public async Task<T> Read<T>(Func<AccountsContext, Task<T>> read)
    {
        await using var context = open();
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await read(context);
    }

    /// <summary>Reads; a database that fails is a refusal.</summary>
    public async Task<Outcome<T>> TryRead<T>(Func<AccountsContext, Task<Outcome<T>>> read)
        where T : notnull
    {
        try
        {
            return await Read(read);
        }
        catch (Exception e) when (DatabaseFault.Within(e) is not null)
        {
            return Failed(DatabaseFault.Within(e)!);
        }
    }

    /// <summary>
    /// Does <paramref name="work"/> in a transaction and stores what it changed, also where it refuses: a wrong attempt counts. Work that refuses
    /// before it changed anything changes nothing.
    /// </summary>
    public async Task<Outcome<T>> Write<T>(Func<AccountsContext, Task<Outcome<T>>> work, CancellationToken cancel)
        where T : notnull
    {
        var hasTurn = false;
        try
        {
            // A key that is due is made now: within the transaction it would wait for the transaction.
            keyRing.Protect([]);
            hasTurn = place.IsEmbedded && await TakeTurn(cancel);
            if (place.IsEmbedded && !hasTurn)
            {
                return new Refusal(Reasons.Busy, BusyRetry);
            }

            await using var context = open();
            await using var transaction = await context.Database.BeginTransactionAsync(cancel);
            var outcome = await work(context);
            await context.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            return outcome;
        }
        catch (Exception e) when (DatabaseFault.Within(e) is not null)
        {
            return Failed(DatabaseFault.Within(e)!);
        }
        finally
        {
            if (hasTurn)
            {
                writer.Release();
            }
        }
    }

    public void Dispose() => writer.Dispose();

    private async Task<bool> TakeTurn(CancellationToken cancel)
    {
        if (Interlocked.Increment(ref waiting) > options.WritesWaiting)
        {
            Interlocked.Decrement(ref waiting);
            return false;
        }

        try
        {
            return await writer.WaitAsync(options.WriteWait, cancel);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private Refusal Failed(Exception e)
    {
        var now = time.GetTimestamp();
        var last = Interlocked.Read(ref loggedAt);
        if ((last == long.MinValue || time.GetElapsedTime(last, now) >= LogInterval) && Interlocked.CompareExchange(ref loggedAt, now, last) == last)
        {
            LogFailed(log, e.GetType().Name, (e as DbException)?.SqlState ?? "", e.StackTrace);
        }

        return new Refusal(Reasons.Unavailable, BusyRetry);
    }

    // The message of a database's exception can quote a value; the place and the state cannot.
    [LoggerMessage(150, LogLevel.Error, "The database of the accounts failed ({Kind}, state {State}); callers hear 'unavailable'. Told at most every ten seconds.{Place}")]
    private static partial void LogFailed(ILogger log, string kind, string state, string? place);
}

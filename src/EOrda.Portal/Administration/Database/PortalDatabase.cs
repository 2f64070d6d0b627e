using System.Data.Common;
using EOrda.Portal.Hosting;
using EOrda.Portal.Problems;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Portal.Administration.Database;

/// <summary>
/// The portal's own database: <c>portal.db</c> in the data directory, or the PostgreSQL that all nodes share. A database that fails is the problem
/// <c>unavailable</c>. Safe for concurrent use.
/// </summary>
internal sealed partial class PortalDatabase : IDisposable
{
    /// <summary>The name of the embedded database.</summary>
    public const string FileName = "portal.db";

    private const int BusySeconds = 10;
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);
    private readonly Func<PortalContext> open;
    private readonly ILogger logger;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim writer;
    private long? loggedAt;

    public PortalDatabase(PortalSettings settings, ILogger<PortalDatabase> logger, TimeProvider time)
    {
        open = Opening(settings);
        (this.logger, this.time) = (logger, time);

        // The embedded database has one writer at a time.
        writer = new SemaphoreSlim(settings.Database is null ? 1 : int.MaxValue);
    }

    /// <summary>Makes the database or brings it up to date.</summary>
    public static void Prepare(PortalSettings settings)
    {
        using var context = Opening(settings)();
        context.Database.Migrate();
        if (settings.Database is null)
        {
            context.Database.ExecuteSqlRaw("PRAGMA journal_mode = WAL");
        }
    }

    /// <summary>Reads.</summary>
    /// <exception cref="ProblemException">The database does not answer.</exception>
    public async Task<T> ReadAsync<T>(Func<PortalContext, Task<T>> read)
    {
        try
        {
            await using var context = open();
            context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
            return await read(context);
        }
        catch (Exception e) when (IsOfDatabase(e))
        {
            throw Failed(e);
        }
    }

    /// <summary>Does the work in a transaction and stores what it changed.</summary>
    /// <exception cref="ProblemException">The database does not answer.</exception>
    public async Task<T> WriteAsync<T>(Func<PortalContext, Task<T>> work, CancellationToken cancel)
    {
        await writer.WaitAsync(cancel);
        try
        {
            await using var context = open();
            await using var transaction = await context.Database.BeginTransactionAsync(cancel);
            var result = await work(context);
            await context.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            return result;
        }
        catch (Exception e) when (IsOfDatabase(e))
        {
            throw Failed(e);
        }
        finally
        {
            writer.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => writer.Dispose();

    private static Func<PortalContext> Opening(PortalSettings settings)
    {
        if (settings.Database is { } shared)
        {
            var options = new DbContextOptionsBuilder<PostgresPortalContext>().UseNpgsql(shared, o => o.MigrationsHistoryTable(PortalContext.History)).Options;
            return () => new PostgresPortalContext(options);
        }

        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(settings.Data, FileName), DefaultTimeout = BusySeconds }.ToString();
        var embedded = new DbContextOptionsBuilder<SqlitePortalContext>().UseSqlite(file, o => o.MigrationsHistoryTable(PortalContext.History)).Options;
        return () => new SqlitePortalContext(embedded);
    }

    private static bool IsOfDatabase(Exception e) => e is DbException or DbUpdateException or TimeoutException || e.InnerException is DbException or TimeoutException;

    private ProblemException Failed(Exception e)
    {
        var now = time.GetTimestamp();
        if (loggedAt is not { } last || time.GetElapsedTime(last, now) >= LogInterval)
        {
            loggedAt = now;
            LogFailed(e.GetType().Name, ((e as DbException) ?? e.InnerException as DbException)?.SqlState ?? "", e.StackTrace);
        }

        return new ProblemException(StaffProblems.Unavailable);
    }

    [LoggerMessage(160, LogLevel.Error, "The portal's database failed ({Kind}, state {State}); callers hear 'unavailable'. Told at most every ten seconds.{Place}")]
    private partial void LogFailed(string kind, string state, string? place);
}

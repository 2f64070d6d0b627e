using EOrda.Actors.Journal;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EOrda.Actors.Sqlite;

/// <summary>Turns SQLite's errors into the journal's.</summary>
internal static class Faults
{
    // SQLITE_IOERR_FSYNC and SQLITE_IOERR_DIR_FSYNC.
    public const int SyncFailed = raw.SQLITE_IOERR | (4 << 8);
    private const int DirectorySyncFailed = raw.SQLITE_IOERR | (5 << 8);

    /// <summary>The exception that callers of the journal know.</summary>
    /// <param name="fault">What SQLite reported.</param>
    /// <param name="path">The journal's file.</param>
    /// <param name="doing">What was being done, for example <c>write</c>.</param>
    /// <param name="entity">The entity concerned, if it was one.</param>
    public static IOException Translate(SqliteException fault, string path, string doing, string? entity = null)
    {
        var what = entity is null ? $"'{path}'" : $"'{path}', entity '{entity}'";
        return fault.SqliteErrorCode switch
        {
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB =>
                new JournalDamagedException($"{what}: the file is damaged ({fault.Message}).", entity, inner: fault),
            // The version is ours but the tables are not as that version makes them.
            raw.SQLITE_ERROR =>
                new JournalDamagedException($"{what}: the file is damaged or was altered ({fault.Message}).", entity, inner: fault),
            // The writer knows which numbers come next; that one is taken means the file has rows that its heads do not account for.
            raw.SQLITE_CONSTRAINT =>
                new JournalDamagedException($"{what}: the file holds rows that its heads do not know of ({fault.Message}).", entity, inner: fault),
            raw.SQLITE_IOERR when fault.SqliteExtendedErrorCode is SyncFailed or DirectorySyncFailed =>
                new JournalUncertainException($"{what}: cannot sync ({fault.Message}).", fault),
            _ => new JournalUnavailableException(
                $"{what}: cannot {doing} (SQLite {fault.SqliteErrorCode}/{fault.SqliteExtendedErrorCode}: {fault.Message}).", fault),
        };
    }
}

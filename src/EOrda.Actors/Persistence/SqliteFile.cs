using Microsoft.Data.Sqlite;

namespace EOrda.Actors.Persistence;

/// <summary>The embedded database's file as tools see it: beside a running node or without one.</summary>
public static class SqliteFile
{
    /// <summary>The file's name in a data directory.</summary>
    public const string Name = "journal.db";

    /// <summary>True when a data directory has a journal of pages, as this program writes it today.</summary>
    /// <param name="directory">The data directory.</param>
    public static bool IsIn(string directory)
    {
        var path = Path.Combine(directory, Name);
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using var connection = Open(path, SqliteOpenMode.ReadOnly);
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA application_id";
            return command.ExecuteScalar() is SqliteDatabase.ApplicationId;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    /// <summary>Copies the journal as of one instant, however much is written meanwhile.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="copy">The file to write to. It should be there already, empty and for its owner only.</param>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static void Copy(string directory, string copy)
    {
        try
        {
            // All in one step under one read lock; writers go on beside it.
            using var source = Open(Path.Combine(directory, Name), SqliteOpenMode.ReadOnly);
            using var target = Open(copy, SqliteOpenMode.ReadWriteCreate);
            source.BackupDatabase(target);
        }
        catch (SqliteException fault)
        {
            throw new IOException($"'{directory}': cannot copy the journal to '{copy}' ({fault.Message}).", fault);
        }
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}

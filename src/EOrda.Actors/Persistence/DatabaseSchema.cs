using System.Data.Common;

namespace EOrda.Actors.Persistence;

/// <summary>Makes the journal's tables in an empty database, and checks what everything relies on before a node starts.</summary>
internal static class DatabaseSchema
{
    /// <summary>Makes the tables when there are none, and checks the unique index.</summary>
    /// <exception cref="ForeignDatabaseException">The database is somebody else's; it has not been touched.</exception>
    /// <exception cref="UnsafeJournalException">The journal has no unique index over (persistence id, sequence number).</exception>
    /// <exception cref="DbException">The database cannot be reached or does not take the schema.</exception>
    public static void Prepare(Database database)
    {
        using var connection = database.Open();
        if (database.ForeignQuery.Length > 0 && HasRow(connection, transaction: null, database.ForeignQuery))
        {
            throw new ForeignDatabaseException();
        }

        Execute(connection, transaction: null, database.Settings);
        using (var transaction = connection.BeginTransaction())
        {
            Execute(connection, transaction, database.Lock);
            if (!HasRow(connection, transaction, database.ExistsQuery))
            {
                Execute(connection, transaction, database.Schema);
            }

            transaction.Commit();
        }

        if (!HasRow(connection, transaction: null, database.UniqueIndexQuery))
        {
            throw new UnsafeJournalException();
        }
    }

    private static void Execute(DbConnection connection, DbTransaction? transaction, string statements)
    {
        if (statements.Length > 0)
        {
            using var command = CommandOf(connection, transaction, statements);
            command.ExecuteNonQuery();
        }
    }

    private static bool HasRow(DbConnection connection, DbTransaction? transaction, string query)
    {
        using var command = CommandOf(connection, transaction, query);
        return command.ExecuteScalar() is not null;
    }

    private static DbCommand CommandOf(DbConnection connection, DbTransaction? transaction, string text)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        return command;
    }
}

/// <summary>The file is another program's, or a journal of the time before Akka.</summary>
public sealed class ForeignDatabaseException()
    : Exception("The file journal.db is no journal of this program, or one of a version before it. It has not been touched: give a directory of its own.");

/// <summary>The journal's table lets two instances of an entity write the same sequence number.</summary>
public sealed class UnsafeJournalException()
    : Exception("The table journal has no unique index over (persistence_id, sequence_number). Without it two instances of an entity can both write, and records are lost.");

using System.Data.Common;

namespace EOrda.Actors.Persistence;

/// <summary>Makes the journal's tables in an empty database, and checks what everything relies on before a node starts.</summary>
internal static class DatabaseSchema
{
    /// <summary>Makes the tables when there are none, and checks the unique index.</summary>
    /// <exception cref="UnsafeJournalException">The journal has no unique index over (persistence id, sequence number).</exception>
    /// <exception cref="UnknownJournalException">The file is another program's, or of another version.</exception>
    /// <exception cref="Journal.JournalDamagedException">A part of the journal is missing, or it cannot be read.</exception>
    /// <exception cref="DbException">The database cannot be reached or does not take the schema.</exception>
    public static void Prepare(Database database)
    {
        database.MakeReady();
        using var connection = database.Open();
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

/// <summary>The journal's table lets two instances of an entity write the same sequence number.</summary>
public sealed class UnsafeJournalException()
    : Exception("The table journal has no unique index over (persistence_id, sequence_number). Without it two instances of an entity can both write, and records are lost.");

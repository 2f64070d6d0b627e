using System.Data.Common;

namespace EOrda.Actors.Persistence;

/// <summary>Makes the journal's tables and checks what everything relies on before a node starts.</summary>
internal static class DatabaseSchema
{
    /// <summary>Makes what is missing and checks the unique index.</summary>
    /// <exception cref="UnsafeJournalException">The journal has no unique index over (persistence id, sequence number).</exception>
    /// <exception cref="DbException">The database cannot be reached or does not take the schema.</exception>
    public static void Prepare(Database database)
    {
        using var connection = database.Open();
        Execute(connection, database.Schema);
        using var command = connection.CreateCommand();
        command.CommandText = database.UniqueIndexQuery;
        if (command.ExecuteScalar() is null)
        {
            throw new UnsafeJournalException();
        }
    }

    private static void Execute(DbConnection connection, string statements)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
}

/// <summary>The journal's table lets two instances of an entity write the same sequence number.</summary>
public sealed class UnsafeJournalException()
    : Exception("The table journal has no unique index over (persistence_id, sequence_number). Without it two instances of an entity can both write, and records are lost.");

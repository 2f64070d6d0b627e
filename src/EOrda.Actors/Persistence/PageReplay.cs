using System.Data.Common;
using Akka.Actor;
using Akka.Persistence;

namespace EOrda.Actors.Persistence;

/// <summary>Reads an entity's pages from the database and tells its actor.</summary>
internal static class PageReplay
{
    /// <summary>Replays what was asked for. The actor hears each page and then the highest number there is, or what went wrong.</summary>
    public static void Run(Database database, DatabaseHealth health, ReplayMessages asked)
    {
        var entity = asked.PersistentActor;
        if (!health.IsReadable)
        {
            entity.Tell(new ReplayMessagesFailure(new PageNotStoredException("The database failed a moment ago.")), ActorRefs.NoSender);
            return;
        }

        try
        {
            using var connection = database.Open();
            var highest = Highest(connection, asked.PersistenceId);
            Read(connection, asked);
            health.WasRead();
            entity.Tell(new RecoverySuccess(highest), ActorRefs.NoSender);
        }
        catch (Exception fault)
        {
            if (fault is DbException)
            {
                health.Failed();
            }

            entity.Tell(new ReplayMessagesFailure(fault), ActorRefs.NoSender);
        }
    }

    private static long Highest(DbConnection connection, string entity)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT MAX(sequence_number) FROM journal WHERE persistence_id = @entity";
        Bind(command, "@entity", entity);
        return command.ExecuteScalar() is long highest ? highest : 0;
    }

    private static void Read(DbConnection connection, ReplayMessages asked)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT sequence_number, message FROM journal
            WHERE persistence_id = @entity AND sequence_number BETWEEN @first AND @last ORDER BY sequence_number LIMIT @most
            """;
        Bind(command, "@entity", asked.PersistenceId);
        Bind(command, "@first", asked.FromSequenceNr);
        Bind(command, "@last", asked.ToSequenceNr);
        Bind(command, "@most", asked.Max);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var page = Page.Read(rows.GetFieldValue<byte[]>(1));
            var stored = new Persistent(page, rows.GetInt64(0), asked.PersistenceId, EordaSerializer.PageManifest, isDeleted: false, ActorRefs.NoSender, writerGuid: "");
            asked.PersistentActor.Tell(new ReplayedMessage(stored), ActorRefs.NoSender);
        }
    }

    private static void Bind(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}

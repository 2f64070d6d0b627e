using System.Globalization;
using EOrda.Actors.Persistence;

namespace EOrda.Actors.Audit;

/// <summary>Seals the heads of a journal: once a day, by whoever has the key.</summary>
public static class Sealing
{
    /// <summary>The least bytes of a key.</summary>
    public const int KeyBytes = 32;

    /// <summary>Audits the journal, and seals the last record of every entity and the head over all for a day. A day that is sealed already stays as it is.</summary>
    /// <param name="database">The database.</param>
    /// <param name="key">The key, which lies outside of the data.</param>
    /// <param name="day">The day in UTC.</param>
    /// <returns>What was audited and sealed.</returns>
    /// <exception cref="ArgumentException">The key is too short.</exception>
    /// <exception cref="ContradictionException">Something in the journal does not hold, or the day is sealed already.</exception>
    public static StoreReport Run(Database database, ReadOnlyMemory<byte> key, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (key.Length < KeyBytes)
        {
            throw new ArgumentException($"A key of seals has {KeyBytes} bytes or more.", nameof(key));
        }

        var report = StoreAudit.Run(database, key);
        var name = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO seal (day, entity, record, hash, mac) VALUES (@day, @entity, @record, @hash, @mac) ON CONFLICT (day, entity) DO NOTHING";
        foreach (var head in report.Heads.Append(report.Head))
        {
            var seal = Seal.Of(name, head, key.Span);
            command.Parameters.Clear();
            Add("@day", seal.Day);
            Add("@entity", head.Entity);
            Add("@record", head.Record);
            Add("@hash", head.Hash.ToArray());
            Add("@mac", seal.Mac.ToArray());
            if (command.ExecuteNonQuery() == 0)
            {
                throw new ContradictionException($"{name} is sealed already.");
            }
        }

        transaction.Commit();
        return report;

        void Add(string parameterName, object value)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (parameterName, value);
            command.Parameters.Add(parameter);
        }
    }
}

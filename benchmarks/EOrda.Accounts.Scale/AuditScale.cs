using System.Diagnostics;
using EOrda.Accounts.Audit;
using EOrda.Accounts.Database;
using EOrda.Accounts.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace EOrda.Accounts.Scale;

/// <summary>Searches of a long audit trail.</summary>
internal static class AuditScale
{
    private const int People = 50_000;

    private static readonly string[] Columns =
    [
        "Sequence", "At", "PersonId", "Role", "Scope", "Address", "DeviceId", "Action", "SubjectKind", "SubjectId", "Locality", "Details", "Reason", "Hash",
    ];


    /// <summary>Adds entries in one transaction, chained as the trail does it.</summary>
    public static async Task Fill(ScaleNode node, int entries) => _ = (await node.Get<AccountsStore>().Write<Done>(
        async context =>
        {
            var head = await context.AuditHeads.SingleAsync();
            await using var insert = context.Database.GetDbConnection().CreateCommand();
            insert.Transaction = context.Database.CurrentTransaction!.GetDbTransaction();
            insert.CommandText = $"INSERT INTO \"Audit\" ({string.Join(',', Columns.Select(column => $"\"{column}\""))}) VALUES ({string.Join(',', Columns.Select(column => $"@{column}"))})";
            for (var i = 0; i < entries; i++)
            {
                var row = Row(head.Sequence + 1, i);
                head.Hash = AuditChain.Hash(head.Hash, row);
                head.Sequence = row.Sequence;
                head.LastAt = row.At;
                object[] values =
                [
                    row.Sequence, row.At.ToUnixTimeMilliseconds(), row.PersonId!, (int)row.Role!, row.Scope, row.Address, DBNull.Value, row.Action, row.SubjectKind, row.SubjectId,
                    row.Locality, row.Details, row.Reason, head.Hash,
                ];
                insert.Parameters.Clear();
                foreach (var (column, value) in Columns.Zip(values))
                {
                    var parameter = insert.CreateParameter();
                    (parameter.ParameterName, parameter.Value) = ($"@{column}", value);
                    insert.Parameters.Add(parameter);
                }

                await insert.ExecuteNonQueryAsync();
            }

            return default(Done);
        },
        CancellationToken.None)).Value;

    public static async Task Search(ScaleNode node)
    {
        var half = DateTimeOffset.UnixEpoch;
        await Time("newest", new AuditQuery());
        await Time("by person", new AuditQuery { PersonId = Person(17), Take = 200 });
        await Time("by data", new AuditQuery { SubjectKind = "application", SubjectId = "A-17", Take = 200 });
        await Time("by person and data", new AuditQuery { PersonId = Person(17), SubjectKind = "application", SubjectId = "A-17" });
        await Time("by locality", new AuditQuery { Locality = "locality-3", Take = 200 });
        await Time("by a rare action", new AuditQuery { Action = "role-given", Take = 200 });
        await Time("by time", new AuditQuery { From = half, Until = DateTimeOffset.MaxValue, Take = 200 });
        await Time("by person and time", new AuditQuery { PersonId = Person(17), From = half, Until = DateTimeOffset.MaxValue });
        var began = Stopwatch.GetTimestamp();
        var verdict = (await node.Get<AuditTrail>().Verify()).Value;
        Console.WriteLine($"  verified {verdict.Entries:N0} entries in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s: {(verdict.Holds ? "holds" : $"broken at {verdict.FaultAt}")}");

        async Task Time(string what, AuditQuery query)
        {
            var start = Stopwatch.GetTimestamp();
            var found = (await node.Get<AuditTrail>().Search(query)).Value.Count;
            Console.WriteLine($"  {what}: {found} in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.0} ms");
        }
    }

    private static Guid Person(int i) => new(i % People, 7, 7, [0, 0, 0, 0, 0, 0, 0, 0]);

    private static AuditRow Row(long sequence, int i) => new()
    {
        Sequence = sequence,
        At = DateTimeOffset.UtcNow,
        PersonId = Person(i),
        Role = Role.Authority,
        Scope = $"locality-{i % 20}",
        Address = $"10.1.{i % 250}.{i % 199}",
        DeviceId = null,
        Action = i % 10_000 == 0 ? "role-given" : "person-shown",
        SubjectKind = "application",
        SubjectId = $"A-{i % 100_000}",
        Locality = $"locality-{i % 20}",
        Details = "",
        Reason = "benefit to review",
        Hash = [],
    };
}

using System.Diagnostics;
using EOrda.Accounts.Audit;
using EOrda.Accounts.Database;
using EOrda.Accounts.People;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Accounts.Scale;

/// <summary>Searches of a long audit trail.</summary>
internal static class AuditScale
{
    private const int AtOnce = 5_000;
    private const int People = 50_000;

    /// <summary>Adds entries in transactions of thousands, chained as the trail does it.</summary>
    public static async Task Fill(ScaleNode node, int entries)
    {
        var audit = node.Get<AuditTrail>();
        for (var filled = 0; filled < entries; filled += AtOnce)
        {
            var from = filled;
            _ = (await node.Get<AccountsStore>().Write<Done>(
                async context =>
                {
                    context.ChangeTracker.AutoDetectChangesEnabled = false;
                    for (var i = from; i < Math.Min(from + AtOnce, entries); i++)
                    {
                        await audit.Append(context, Actor(i), Entry(i), CancellationToken.None);
                    }

                    context.ChangeTracker.DetectChanges();
                    return default(Done);
                },
                CancellationToken.None)).Value;
        }
    }

    public static async Task Search(ScaleNode node)
    {
        var half = DateTimeOffset.UnixEpoch;
        await Time("newest", new AuditQuery());
        await Time("by person", new AuditQuery { PersonId = Actor(17).PersonId, Take = 200 });
        await Time("by data", new AuditQuery { SubjectKind = "application", SubjectId = "A-17", Take = 200 });
        await Time("by person and data", new AuditQuery { PersonId = Actor(17).PersonId, SubjectKind = "application", SubjectId = "A-17" });
        await Time("by locality", new AuditQuery { Locality = "locality-3", Take = 200 });
        await Time("by a rare action", new AuditQuery { Action = "role-given", Take = 200 });
        await Time("by time", new AuditQuery { From = half, Until = DateTimeOffset.MaxValue, Take = 200 });
        await Time("by person and time", new AuditQuery { PersonId = Actor(17).PersonId, From = half, Until = DateTimeOffset.MaxValue });
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

    private static AuditActor Actor(int i) =>
        new(new Guid(i % People, 7, 7, [0, 0, 0, 0, 0, 0, 0, 0]), new Duty(Role.Authority, $"locality-{i % 20}"), $"10.1.{i % 250}.{i % 199}", null);

    private static AuditEntry Entry(int i) => new(i % 10_000 == 0 ? "role-given" : "person-shown", "application", $"A-{i % 100_000}")
    {
        Locality = $"locality-{i % 20}",
        Reason = "benefit to review",
    };
}

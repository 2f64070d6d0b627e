using System.Diagnostics;
using EOrda.Accounts;
using EOrda.Accounts.Database;
using EOrda.Accounts.Scale;

// dotnet run -c Release --project benchmarks/EOrda.Accounts.Scale -- [entries of the audit trail] [parents]
var entries = args.Length > 0 ? int.Parse(args[0]) : 1_000_000;
var parents = args.Length > 1 ? int.Parse(args[1]) : 2_000;
var directory = Directory.CreateTempSubdirectory("eorda-accounts-scale-");
try
{
    var place = new AccountsPlace(directory.FullName, Environment.GetEnvironmentVariable("EORDA_POSTGRES"));
    Console.WriteLine($"database: {(place.PostgreSql is null ? "SQLite" : "PostgreSQL")}");
    await using var node = await ScaleNode.Open(place, new AccountOptions());
    await Mornings.Run(node, parents);
    var began = Stopwatch.GetTimestamp();
    await AuditScale.Fill(node, entries);
    Console.WriteLine($"audit: {entries:N0} entries made in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
    await AuditScale.Search(node);
}
finally
{
    Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    directory.Delete(recursive: true);
}

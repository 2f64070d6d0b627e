using EOrda.Actors;
using EOrda.Actors.Hosting;
using EOrda.Actors.Persistence;
using EOrda.Load.Portal;
using EOrda.Portal.Idempotency;
using EOrda.Portal.Rehearsal;
using EOrda.Portal.Secrets;
using EOrda.Queues;
using EOrda.Queues.Rules;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace EOrda.Cluster.Tests.Support;

/// <summary>
/// A made-up country in a database, set up through a node of the test's own before the cluster starts, since a portal in Production has no way to do so: a day ago,
/// so that its places are open now. It is about noon there whenever the test runs, so that no release and no freeze comes in between.
/// </summary>
internal static class SeededCountry
{
    private const int MostInFlight = 256;
    private const int Noon = 12;
    private static readonly TimeSpan Ago = TimeSpan.FromDays(1);

    /// <summary>Sets it up.</summary>
    /// <param name="database">The connection string.</param>
    /// <param name="size">How many families in how many queues.</param>
    /// <param name="places">How many places.</param>
    /// <param name="secret">The portals' key.</param>
    /// <returns>The families' applications with their secrets.</returns>
    public static async Task<IReadOnlyList<Credential>> SetUpAsync(string database, RehearsalSize size, int places, byte[] secret)
    {
        var clock = new Yesterday();
        var zone = DateTimeZoneProviders.Tzdb[ZoneWhereItIsNoon(TimeProvider.System.GetUtcNow())];
        var start = Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(zone).Date;
        var city = new RehearsalCity(size, start, zone);
        var rules = new RulesDraft { TimeZone = zone.Id, PriorityWorkingDays = 0, LapsesPerDay = 100_000, ReferralsPerMonth = 100_000, ReturnMinutes = 0 };
        await using (var node = await ActorsNode.StartAsync(new ActorsOptions { Database = Database.PostgreSql(database) }, clock, NullLoggerFactory.Instance))
        {
            await AskAllAsync(node.Queues, city.Localities().Select(locality => locality with { Rules = rules }), l => l.Locality);
            await AskAllAsync(node.Queues, city.Kindergartens(), k => k.Kindergarten);
            await AskAllAsync(node.Queues, city.Parents(), s => s.Application);
            await AskAllAsync(node.Queues, city.Places(start.PlusDays(1), places), p => p.Place);
        }

        var secrets = new ApplicationSecrets(secret);
        return [.. city.Parents().Select(s => new Credential(s.Queue, s.Application, secrets.Of(s.Application)))];
    }

    // Signs are the other way round in these names.
    private static string ZoneWhereItIsNoon(DateTimeOffset now) => (Noon - now.UtcDateTime.Hour) switch
    {
        0 => "Etc/GMT",
        > 0 and var ahead => $"Etc/GMT-{ahead}",
        var behind => $"Etc/GMT+{-behind}",
    };

    private static Task AskAllAsync<T>(IQueues queues, IEnumerable<T> commands, Func<T, string> about)
        where T : Command =>
        Parallel.ForEachAsync(commands, new ParallelOptions { MaxDegreeOfParallelism = MostInFlight }, async (command, cancel) =>
        {
            var answer = await AskAsync(queues, command, IdempotencyKey.Of(about(command), "set up"), cancel);
            Assert.False(answer is Refusal, $"{command}: {answer}");
        });

    private static async Task<Answer> AskAsync(IQueues queues, Command command, CommandKey key, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await queues.Ask(command, key, queue: null, cancel);
            }
            catch (BusyException e)
            {
                await Task.Delay(e.RetryAfter, cancel);
            }
        }
    }

    private sealed class Yesterday : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - Ago;
    }
}

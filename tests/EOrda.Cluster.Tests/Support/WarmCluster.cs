using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EOrda.Actors.Hosting;
using EOrda.Actors.Persistence;
using EOrda.Actors.Persistence.Tests.Databases;
using EOrda.Load.Books;
using EOrda.Load.Parents;
using EOrda.Portal.Rehearsal;
using EOrda.Portal.Secrets;
using EOrda.Reliability.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace EOrda.Cluster.Tests.Support;

/// <summary>Three nodes on one PostgreSQL with a race through all of them, kept for all tests.</summary>
public sealed class WarmCluster : IAsyncLifetime, IDisposable
{
    internal const int Nodes = 3;
    private const int Queues = 12;
    private const int FamiliesOfQueue = 100;
    private const int PlacesOfQueue = 400;
    private const int PortOfNodes = 4053;
    private const int PortOfCallers = 5080;
    private const int RepeatedAtOnce = 50;
    private const int RepeatedAfterFault = 200;
    private static readonly TimeSpan RepeatPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan OwnNodePatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PicturePatience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("eorda-cluster-");
    private readonly List<Watcher> watchers = [];
    private readonly Random random = new(Draws.Seed);
    private Authority? authority;
    private Network? network;
    private Race? race;
    private JournalBooks? journal;
    private string database = "";
    private string[] seeds = [];

    internal PostgresServer Server { get; private set; } = null!;

    internal Node[] All { get; private set; } = [];

    internal Network Network => network!;

    internal Race Race => race!;

    public async Task InitializeAsync()
    {
        if (PostgresServer.Missing is not null)
        {
            return;
        }

        Server = new PostgresServer();
        database = Server.NewDatabase(throughFile: true);
        authority = new Authority(directory.FullName);
        network = Network.For(Nodes);
        var secret = RandomNumberGenerator.GetBytes(32);
        var families = await SeededCountry.SetUpAsync(
            database, new RehearsalSize(FamiliesOfQueue * Queues, Waiting: 0, Queues, Window: 0), PlacesOfQueue * Queues * Math.Max(1, Draws.Rounds / 20), secret);
        Make(secret);
        foreach (var node in All)
        {
            node.Start();
        }

        await Task.WhenAll(All.Select(node => node.ReadyAsync()));
        race = await Race.BeginAsync([.. All.Select(node => node.Address)], families, Draws.Seed);
        journal = new JournalBooks(database, race.Queues);
        watchers.AddRange(race.Apis.SelectMany(_ => race.Queues, (api, queue) => new Watcher(api, queue)));
    }

    public async Task DisposeAsync()
    {
        foreach (var watcher in watchers)
        {
            await watcher.DisposeAsync();
        }

        if (race is not null)
        {
            await race.EndAsync();
        }
    }

    public void Dispose()
    {
        foreach (var node in All)
        {
            node.Dispose();
        }

        race?.Dispose();
        journal?.Dispose();
        network?.Dispose();
        authority?.Dispose();
        Server?.Dispose();
        directory.Delete(recursive: true);
    }

    /// <summary>One of the nodes, by the seed.</summary>
    internal int Draw() => random.Next(Nodes);

    /// <summary>A fault in the race, from which the cluster has recovered when this returns; then all books are compared.</summary>
    /// <returns>The longest silence of each queue.</returns>
    internal async Task<IReadOnlyList<TimeSpan>> RoundAsync(Func<Task> fault)
    {
        try
        {
            Race.Silences.Begin();
            await Race.UntilAsync(() => Race.Silences.AllHeard(3), "an answer of each queue before the fault");
            Race.Silences.Begin();
            await fault();
            await Race.UntilAsync(() => Race.Silences.AllHeard(3), "an answer of each queue after the fault");
            var longest = Race.Silences.Longest();
            await Race.PauseAsync();
            await CheckAsync();
            Race.GoOn();
            return longest;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"EORDA_SEED={Draws.Seed}: {e.Message}\n{string.Join('\n', All.Select((node, i) => $"--- node {i}:\n{node.Said}"))}", e);
        }
    }

    /// <summary>Compares everything that was ever heard with what the nodes show, and has every key asked again.</summary>
    internal async Task ReckonAsync()
    {
        await Race.PauseAsync();
        var found = new List<string>();
        await RepeatAsync(Race.Families.SelectMany(family => family.Book), found);
        foreach (var api in Race.Apis)
        {
            Comparing.Compare(Race.Families, await Protocols.ReadAsync(api, [.. Race.Queues], [.. Race.Families.Select(family => family.Who)], CancellationToken.None), found);
        }

        Nothing(found);
        Race.GoOn();
    }

    /// <summary>Starts a further node in the test's own process, and waits until it is ready.</summary>
    internal async Task StartOwnNodeAsync(TimeProvider clock)
    {
        using var patience = new CancellationTokenSource(OwnNodePatience);
        var membership = new ClusterMembership
        {
            Host = network?.OwnAddress ?? "127.0.0.1",
            Port = FreePort(),
            Seeds = seeds,
            Certificate = X509Certificate2.CreateFromPemFile(authority!.Sign("own")),
            Authority = X509CertificateLoader.LoadCertificateFromFile(authority.Path),
        };
        await using var node = await ActorsNode.StartAsync(new ActorsOptions { Database = Database.PostgreSql(database), Cluster = membership }, clock, NullLoggerFactory.Instance, patience.Token);
    }

    private static void Nothing(IReadOnlyCollection<string> found) =>
        Assert.True(found.Count == 0, $"{found.Count} contradictions, the first: {string.Join('\n', found.Take(10))}");

    private async Task CheckAsync()
    {
        Nothing([.. Race.Wrong]);
        Nothing(await journal!.ReadAsync());
        Nothing([.. journal.Differences(Race.Families)]);
        var found = new List<string>();
        var books = Race.Families.SelectMany(family => family.Book).ToArray();
        await RepeatAsync(Enumerable.Range(0, RepeatedAfterFault).Select(_ => books[random.Next(books.Length)]), found);
        Nothing(found);
        Nothing([.. watchers.SelectMany(watcher => watcher.Contradictions)]);
        await Task.WhenAll(Race.Queues.Select(ComparePicturesAsync));
    }

    private async Task ComparePicturesAsync(string queue, int index)
    {
        using var patience = new CancellationTokenSource(PicturePatience);
        foreach (var watcher in watchers.Where((_, i) => i % Queues == index))
        {
            while (true)
            {
                var places = await KnownPlaces.PlacesOfAsync(Race.Apis[index % Nodes], queue, CancellationToken.None);
                if (watcher.DifferenceTo(places) is not { } difference)
                {
                    break;
                }

                Assert.False(patience.IsCancellationRequested, $"{queue}: a watcher's picture is not what the portal shows: {difference}");
                await Task.Delay(100);
            }
        }
    }

    private async Task RepeatAsync(IEnumerable<Heard> heard, List<string> found) =>
        await Parallel.ForEachAsync(heard, new ParallelOptions { MaxDegreeOfParallelism = RepeatedAtOnce }, async (first, _) =>
        {
            using var patience = new CancellationTokenSource(RepeatPatience);
            var at = first.Asked.Key.Length % Nodes;
            var reply = await Race.SendAsync(Race.Apis[at], first.Asked);
            while (reply.Status is 0 or 503 && !patience.IsCancellationRequested)
            {
                await Task.Delay(50, CancellationToken.None);
                reply = await Race.SendAsync(Race.Apis[++at % Nodes], first.Asked);
            }

            if (!first.IsRepeatedBy(reply))
            {
                lock (found)
                {
                    found.Add($"Asked again: {first}; then {reply.Status} {System.Text.Encoding.UTF8.GetString(reply.Body)}{reply.Failure}");
                }
            }
        });

    private void Make(byte[] secret)
    {
        seeds = [.. Enumerable.Range(0, Nodes).Select(i => network is null ? $"127.0.0.1:{FreePort()}" : $"{network.AddressOf(i)}:{PortOfNodes}")];
        All = [.. seeds.Select((address, i) =>
        {
            var data = Path.Combine(directory.FullName, $"node{i}");
            PrivateFiles.Secure(data);
            File.WriteAllBytes(Path.Combine(data, SecretKeyFile.Name), secret);
            File.WriteAllBytes(Path.Combine(data, "accounts.key"), secret);
            return new Node(
                new Uri(network is null ? $"http://127.0.0.1:{FreePort()}" : $"http://{network.AddressOf(i)}:{PortOfCallers}"),
                network?.Inside(i) ?? [],
                [
                    "--data", data, "--database", database, "--cluster:listen", address, "--cluster:seeds", string.Join(',', seeds),
                    "--cluster:certificate", authority!.Sign($"node{i}"), "--cluster:authority", authority.Path,
                ]);
        })];
    }

    // Not a port that the system gives to those who connect: while a node is down, a client could be given it.
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }
}

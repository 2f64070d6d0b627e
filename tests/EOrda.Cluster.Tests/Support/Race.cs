using System.Collections.Concurrent;
using System.Diagnostics;
using EOrda.Load.Parents;
using EOrda.Load.Portal;
using EOrda.Reliability.Tests.Support;

namespace EOrda.Cluster.Tests.Support;

/// <summary>
/// Clients who go for the places of all queues through all nodes. Each has families of one queue, asks one thing at a time, and where no decision comes asks
/// another node, with the same key, as the API tells it to.
/// </summary>
internal sealed class Race : IDisposable
{
    private const int ClientsOfQueue = 6;
    private const int Wanted = 40;
    private const int LongestThought = 500;
    private const int LongestRetry = 150;
    private static readonly TimeSpan AttemptPatience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly IReadOnlyDictionary<string, string[]> places;
    private readonly ConcurrentDictionary<string, int> won = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> wrong = new();
    private readonly Lock gate = new();
    private readonly int clients;
    private TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task life = Task.CompletedTask;
    private volatile bool ending;
    private int waiting;
    private int undecided;
    private int answers;

    private Race(IReadOnlyList<Uri> nodes, IReadOnlyList<Credential> families, IReadOnlyDictionary<string, string[]> places)
    {
        this.places = places;
        Families = [.. families.Select(who => new Family(who))];
        Apis = [.. nodes.Select(node => new PortalApi(node, connections: 200, new Budget(long.MaxValue)))];
        Silences = new Silences(places.Keys);
        clients = places.Count * ClientsOfQueue;
    }

    /// <summary>The families.</summary>
    public IReadOnlyList<Family> Families { get; }

    /// <summary>The nodes.</summary>
    public IReadOnlyList<PortalApi> Apis { get; }

    /// <summary>How long queues were silent.</summary>
    public Silences Silences { get; }

    /// <summary>The queues.</summary>
    public IEnumerable<string> Queues => places.Keys;

    /// <summary>What was not as it should be at the moment it was heard.</summary>
    public IEnumerable<string> Wrong => wrong;

    /// <summary>Decisions heard.</summary>
    public int Answers => Volatile.Read(ref answers);

    /// <summary>How often an attempt got no decision.</summary>
    public int Undecided => Volatile.Read(ref undecided);

    /// <summary>Looks at the places, and has everybody begin to ask.</summary>
    public static async Task<Race> BeginAsync(IReadOnlyList<Uri> nodes, IReadOnlyList<Credential> families, int seed)
    {
        using var api = new PortalApi(nodes[0], connections: 1, new Budget(long.MaxValue));
        var known = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var queue in families.Select(who => who.Queue).Distinct())
        {
            var all = await KnownPlaces.PlacesOfAsync(api, queue, CancellationToken.None);
            Assert.All(all, place => Assert.Equal(("available", "open"), (place.State, place.Access)));
            known.Add(queue, [.. all.Select(place => place.Place)]);
        }

        var race = new Race(nodes, families, known);
        race.open.SetResult();
        race.life = Task.WhenAll(known.Keys.SelectMany((queue, q) => Enumerable.Range(0, ClientsOfQueue).Select(i => race.LiveAsync(queue, i, new Random(seed + q * ClientsOfQueue + i)))));
        return race;
    }

    /// <summary>Waits for something to become true while the race runs.</summary>
    public async Task UntilAsync(Func<bool> condition, string what)
    {
        for (var begun = Stopwatch.GetTimestamp(); !condition(); await Task.Delay(5))
        {
            Assert.False(life.IsFaulted, life.Exception?.ToString());
            Assert.True(Stopwatch.GetElapsedTime(begun) < Patience, $"Waited in vain for {what}.");
        }
    }

    /// <summary>Returns when everybody has heard the decision of what was open and asks nothing more.</summary>
    public async Task PauseAsync()
    {
        lock (gate)
        {
            open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await UntilAsync(() => Volatile.Read(ref waiting) == clients, "the last decisions");
        Assert.All(Families, family => Assert.Null(family.Open));
    }

    /// <summary>Everybody goes on.</summary>
    public void GoOn() => open.SetResult();

    /// <summary>Everybody stops; called while they wait.</summary>
    public async Task EndAsync()
    {
        ending = true;
        open.TrySetResult();
        await life.WaitAsync(Patience);
    }

    /// <summary>Asks a node once. A node that does not answer for some seconds has not answered.</summary>
    public static async Task<Reply> SendAsync(PortalApi api, Asked asked)
    {
        using var patience = new CancellationTokenSource(AttemptPatience);
        try
        {
            return await asked.SendAsync(api, patience.Token);
        }
        catch (OperationCanceledException)
        {
            return new Reply(0, [], RetryAfter: null, "no answer in time");
        }
    }

    public void Dispose()
    {
        foreach (var api in Apis)
        {
            api.Dispose();
        }
    }

    private async Task LiveAsync(string queue, int client, Random random)
    {
        Family[] own = [.. Families.Where(family => family.Who.Queue == queue).Where((_, i) => i % ClientsOfQueue == client)];
        for (; ; await Task.Delay(random.Next(LongestThought)))
        {
            var pass = open.Task;
            if (!pass.IsCompleted)
            {
                Interlocked.Increment(ref waiting);
                await pass;
                Interlocked.Decrement(ref waiting);
            }

            if (ending)
            {
                return;
            }

            var family = own[random.Next(own.Length)];
            await AskAsync(family, family.Wish(random, Wish(queue, random)), client % Apis.Count, random);
        }
    }

    private string Wish(string queue, Random random)
    {
        var all = places[queue];
        return all[Math.Min(all.Length - 1, won.GetValueOrDefault(queue) + random.Next(Wanted))];
    }

    private async Task AskAsync(Family family, Asked asked, int node, Random random)
    {
        for (; ; node = (node + 1) % Apis.Count)
        {
            var reply = await SendAsync(Apis[node], asked);
            if (reply.Status is 0 or 503)
            {
                Interlocked.Increment(ref undecided);
                family.HearNothing(reply);
                await Task.Delay(random.Next(LongestRetry));
                continue;
            }

            if (reply.Status is not (200 or 409 or 422))
            {
                wrong.Enqueue($"{asked.Who.Application} {asked.Deed}: {reply.Status} {reply.Reason}");
            }

            var heard = family.Hear(reply);
            if (heard is { IsYes: true, Asked.Deed: Deed.Reserve })
            {
                won.AddOrUpdate(asked.Who.Queue, 1, (_, before) => before + 1);
            }

            Silences.Heard(asked.Who.Queue);
            Interlocked.Increment(ref answers);
            return;
        }
    }
}

using System.Collections.Concurrent;
using EOrda.Load.Parents;
using EOrda.Load.Portal;

namespace EOrda.Reliability.Tests.Support;

/// <summary>
/// Hundreds of clients who go for the places of one morning at once. Each has several families, asks one thing at a time, and where no decision comes
/// (the connection breaks, nobody listens, 503) asks again with the same key, as the API tells it to.
/// </summary>
internal sealed class Town : IDisposable
{
    /// <summary>Clients at once.</summary>
    public const int Clients = 300;

    // So many of the places not yet won are wanted at a time: enough that most claims meet another's.
    private const int Wanted = 100;
    private const int RepeatOneIn = 6;
    private const int LongestThought = 20;
    private const int LongestRetry = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly RealPortal portal;
    private readonly int seed;
    private readonly IReadOnlyDictionary<string, string[]> places;
    private readonly ConcurrentDictionary<string, int> won = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> undecided = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> wrong = new();
    private readonly Lock gate = new();
    private TaskCompletionSource open = Opened();
    private Task life = Task.CompletedTask;
    private volatile bool ending;
    private int answers;
    private int yes;
    private int waiting;

    private Town(RealPortal portal, int seed, IReadOnlyDictionary<string, string[]> places)
    {
        (this.portal, this.seed, this.places) = (portal, seed, places);
        Families = [.. portal.Credentials.Parents.Select(who => new Family(who))];
        Api = new PortalApi(portal.Address, Clients, new Budget(long.MaxValue));
    }

    /// <summary>The families.</summary>
    public IReadOnlyList<Family> Families { get; }

    /// <summary>The clients' connections.</summary>
    public PortalApi Api { get; }

    /// <summary>Decisions heard, repeated ones not counted.</summary>
    public int Answers => Volatile.Read(ref answers);

    /// <summary>Yeses heard.</summary>
    public int Yes => Volatile.Read(ref yes);

    /// <summary>What was not as it should be at the moment it was heard.</summary>
    public IEnumerable<string> Wrong => wrong;

    /// <summary>Has a morning come and looks at its places; nobody asks yet.</summary>
    public static async Task<Town> BeginAsync(RealPortal portal, int seed, int places)
    {
        using (var control = new RehearsalControl(portal.Address, portal.Credentials.Token))
        {
            await control.BeginMorningAsync(places, leadSeconds: 0, CancellationToken.None);
        }

        using var api = new PortalApi(portal.Address, connections: 1, new Budget(long.MaxValue));
        var known = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var queue in portal.Credentials.Parents.Select(who => who.Queue).Distinct())
        {
            var all = await KnownPlaces.PlacesOfAsync(api, queue, CancellationToken.None);
            Assert.All(all, place => Assert.Equal(("available", "open"), (place.State, place.Access)));
            known.Add(queue, [.. all.Select(place => place.Place)]);
        }

        return new Town(portal, seed, known);
    }

    /// <summary>How often an attempt got no decision, by why: the word of a 503, or <c>no answer</c>.</summary>
    public int Undecided(string why) => undecided.GetValueOrDefault(why);

    /// <summary>Everybody begins to ask.</summary>
    public void Begin() => life = Task.WhenAll(Enumerable.Range(0, Clients).Select(i => LiveAsync(i, new Random(seed + i))));

    /// <summary>Waits until so many decisions more are heard.</summary>
    public Task HearAsync(int more)
    {
        var until = Answers + more;
        return UntilAsync(() => Answers >= until, $"{more} decisions");
    }

    /// <summary>Waits for something to become true.</summary>
    public async Task UntilAsync(Func<bool> condition, string what)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); !condition(); await Task.Delay(1))
        {
            Assert.False(life.IsFaulted, life.Exception?.ToString());
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"Waited in vain for {what}. The portal said:\n{portal.Said}");
        }
    }

    /// <summary>From now on whoever gets no decision waits; returns when everybody does, so that no attempt is under way.</summary>
    public async Task GatherAsync()
    {
        lock (gate)
        {
            open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await UntilAsync(() => Volatile.Read(ref waiting) == Clients, "everybody at the gate");
    }

    /// <summary>Lets everybody who waits ask again.</summary>
    public void Release() => open.SetResult();

    /// <summary>Everybody hears the decision of what is open, and then asks nothing more.</summary>
    public async Task EndAsync()
    {
        ending = true;
        await UntilAsync(() => life.IsCompleted, "the last decisions");
        await life;
        Assert.All(Families, family => Assert.Null(family.Open));
    }

    public void Dispose() => Api.Dispose();

    private static TaskCompletionSource Opened()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private async Task LiveAsync(int client, Random random)
    {
        Family[] own = [.. Families.Where((_, i) => i % Clients == client)];
        while (!ending)
        {
            var family = own[random.Next(own.Length)];
            if (family.Book.Count > 0 && random.Next(RepeatOneIn) == 0)
            {
                await RepeatAsync(family.Book[random.Next(family.Book.Count)]);
            }
            else
            {
                await AskAsync(family, family.Wish(random, Wish(family.Who.Queue, random)), random);
            }

            await Task.Delay(random.Next(LongestThought));
        }
    }

    private string Wish(string queue, Random random)
    {
        var all = places[queue];
        return all[Math.Min(all.Length - 1, won.GetValueOrDefault(queue) + random.Next(Wanted))];
    }

    private async Task AskAsync(Family family, Asked asked, Random random)
    {
        while (true)
        {
            var reply = await asked.SendAsync(Api, CancellationToken.None);
            if (reply.Status is 0 or 503)
            {
                NotDecided(reply);
                family.HearNothing(reply);
                Interlocked.Increment(ref waiting);
                await open.Task.WaitAsync(TimeSpan.FromMinutes(5));
                Interlocked.Decrement(ref waiting);
                await Task.Delay(random.Next(LongestRetry));
                continue;
            }

            if (reply.Status is not (200 or 409 or 422))
            {
                wrong.Enqueue($"{asked.Who.Application} {asked.Deed}: {reply.Status} {reply.Reason}");
            }

            var heard = family.Hear(reply);
            if (heard.IsYes)
            {
                Interlocked.Increment(ref yes);
                if (asked.Deed == Deed.Reserve)
                {
                    won.AddOrUpdate(asked.Who.Queue, 1, (_, before) => before + 1);
                }
            }

            Interlocked.Increment(ref answers);
            return;
        }
    }

    private async Task RepeatAsync(Heard first)
    {
        var reply = await first.Asked.SendAsync(Api, CancellationToken.None);
        if (reply.Status is 0 or 503)
        {
            NotDecided(reply);
        }
        else if (!first.IsRepeatedBy(reply))
        {
            wrong.Enqueue($"Asked again: {first}; then {reply.Status} {System.Text.Encoding.UTF8.GetString(reply.Body)}");
        }
    }

    private void NotDecided(Reply reply)
    {
        undecided.AddOrUpdate(reply.Status == 0 ? "no answer" : reply.Reason ?? "no reason", 1, (_, before) => before + 1);
        if (reply is { Status: 503, RetryAfter: null } or { Status: 503, Reason: null })
        {
            wrong.Enqueue($"503 {reply.Reason} without Retry-After or reason");
        }
    }
}

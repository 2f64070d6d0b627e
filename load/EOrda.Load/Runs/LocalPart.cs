using System.Collections.Concurrent;
using EOrda.Load.Books;
using EOrda.Load.Hostile;
using EOrda.Load.Live;
using EOrda.Load.Measures;
using EOrda.Load.Overload;
using EOrda.Load.Parents;
using EOrda.Load.Portal;
using EOrda.Load.Scenarios;

namespace EOrda.Load.Runs;

/// <summary>A part of a run that this process plays.</summary>
internal sealed class LocalPart : IPart
{
    private const int PositionSamples = 300;
    private const int PingEverySeconds = 30;
    private const int MostLooksAtOnce = 64;
    private const double QuietSeconds = 1.5;
    private const double LongestUnquiet = 60_000;

    private readonly Assignment assignment;
    private readonly Ticker ticker = new();
    private readonly PortalApi api;
    private readonly Followers followers = new();
    private readonly KnownPlaces known = new();
    private readonly ConcurrentQueue<Told> book = new();
    private readonly ConcurrentQueue<Press> presses = new();
    private readonly ConcurrentQueue<(Credential Who, StandingAnswer Standing)> standings = new();
    private readonly List<Parent> parents = [];
    private readonly List<IBrowser> browsers = [];
    private readonly CancellationTokenSource ending = new();
    private readonly Task caring;
    private readonly HostileCrowd crowd;
    private readonly Budget budget;
    private readonly OpenLoop loop;
    private IReadOnlyList<Claimant> claimants = [];
    private Measure measure = new();
    private string phase = "ready";
    private int claimed;

    public LocalPart(Assignment assignment)
    {
        Permission.Check(assignment.Address, assignment.Permission);
        this.assignment = assignment;
        var scenario = assignment.Scenario;
        budget = new Budget(scenario.Bounds.Requests / assignment.Parts);
        api = new PortalApi(assignment.Address, Math.Max(1, scenario.Arrival.HttpConnections / assignment.Parts), budget);
        crowd = new HostileCrowd(assignment, budget);
        loop = new OpenLoop(assignment.Address, Math.Max(1, scenario.Overload.Connections / assignment.Parts), budget, () => measure, book.Enqueue);
        var world = new ParentsWorld(scenario, api, ticker, followers, known, () => measure, book.Enqueue, presses.Enqueue);
        for (var i = 0; i < assignment.Parents.Count; i++)
        {
            parents.Add(new Parent(world, assignment.Parents[i], i * assignment.Parts + assignment.Part));
        }

        browsers.AddRange(parents.Select(p => p.Browser).OfType<IBrowser>());
        for (var i = assignment.Part; i < scenario.City.Watchers; i += assignment.Parts)
        {
            browsers.Add(world.Browse(assignment.Queues[i % assignment.Queues.Count], own: null));
        }

        caring = Task.Run(CareAsync);
    }

    /// <inheritdoc/>
    public PartProgress Progress
    {
        get
        {
            var now = Volatile.Read(ref measure);
            var view = now.Of(Timed.Claim);
            return new PartProgress(
                phase,
                browsers.Count(b => b.IsConnected),
                now.Of(Count.Pressed),
                now.Of(Count.Won),
                now.Of(Count.Updates),
                now.Of(Count.Requests),
                view.Percentile(50),
                view.Percentile(99),
                view.Percentile(99.9),
                now.Of(Timed.UpdateAge).Percentile(99),
                now.RefusedSoFar,
                now.ErrorsSoFar);
        }
    }

    /// <inheritdoc/>
    public async Task<PartAnswer> DoAsync(Order order, CancellationToken cancel)
    {
        phase = order.Kind.ToString().ToLowerInvariant();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, ending.Token);
        Volatile.Write(ref measure, new Measure { TimelineFrom = Ticker.Now });
        PartEnd? end = null;
        switch (order.Kind)
        {
            case OrderKind.Connect:
                await ConnectAsync(stop.Token);
                break;
            case OrderKind.Morning:
                await MorningAsync(order.Release, stop.Token);
                break;
            case OrderKind.Watch:
                await Parallel.ForEachAsync(parents, AtOnce(stop.Token), async (parent, c) => await parent.LookAtTheClockAsync(c));
                await ClockOfWatchersAsync(stop.Token);
                // What came meanwhile was timed by the clock as it was before.
                Volatile.Write(ref measure, new Measure { TimelineFrom = Ticker.Now });
                await ticker.For(order.Seconds);
                break;
            case OrderKind.Claims:
                await ClaimsAsync(order, stop.Token);
                break;
            case OrderKind.Offer:
                await OfferAsync(order, stop.Token);
                break;
            case OrderKind.Attack:
                await crowd.BeginAsync(order.Attack, stop.Token);
                break;
            case OrderKind.Retreat:
                await crowd.EndAsync();
                break;
            case OrderKind.Finish:
                await QuietAsync(stop.Token);
                end = End();
                break;
        }

        phase = "waits";
        var view = measure.View();
        var answer = new PartAnswer(view, Drained(book), Drained(presses), end);
        return answer;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await crowd.DisposeAsync();
        await Parallel.ForEachAsync(browsers, async (browser, _) => await browser.DisposeAsync());
        await caring;
        ticker.Dispose();
        loop.Dispose();
        api.Dispose();
        ending.Dispose();
    }

    private static List<T> Drained<T>(ConcurrentQueue<T> queue)
    {
        var all = new List<T>(queue.Count);
        while (queue.TryDequeue(out var one))
        {
            all.Add(one);
        }

        return all;
    }

    private static ParallelOptions AtOnce(CancellationToken cancel) => new() { MaxDegreeOfParallelism = MostLooksAtOnce, CancellationToken = cancel };

    private async Task ConnectAsync(CancellationToken cancel)
    {
        Practice.Run();
        await known.LookUpAsync(api, assignment.Queues, cancel);
        var clock = await api.MeasureClockAsync(5, cancel);
        var begun = Ticker.Now;
        var every = 1_000.0 * assignment.Parts / assignment.Scenario.Arrival.PerSecond;
        var arrivals = parents.Select(parent => (Func<Task>)(() => parent.ComeAsync(cancel))).ToList();
        foreach (var watcher in browsers.Skip(parents.Count(p => p.Browser is not null)))
        {
            watcher.Clock = clock;
            arrivals.Add(async () =>
            {
                try
                {
                    await watcher.ConnectAsync();
                }
                catch (Exception e) when (e is IOException or TimeoutException)
                {
                    measure.Error($"arrival: {e.Message}");
                }
            });
        }

        await Task.WhenAll(arrivals.Select(async (come, i) =>
        {
            await ticker.Until(begun + i * every);
            cancel.ThrowIfCancellationRequested();
            await come();
        }));
        await Parallel.ForEachAsync(
            parents.Where(p => p.Browser is not null).Take(PositionSamples / assignment.Parts),
            AtOnce(cancel),
            async (parent, c) =>
            {
                var state = await api.OwnAsync(parent.Who, c);
                if (state.Standing is { } standing)
                {
                    standings.Enqueue((parent.Who, standing));
                }
            });
        await api.WarmAsync();
    }

    private async Task MorningAsync(long release, CancellationToken cancel)
    {
        await known.LookUpAsync(api, assignment.Queues, cancel);
        var clock = await api.MeasureClockAsync(5, cancel);
        measure.TimelineFrom = clock.InstantOf(release);

        await api.WarmAsync();

        // A city's browsers do not all stand still at once: what this process has to collect it collects before.
        GC.Collect();
        await Task.WhenAll(parents.Select(parent => parent.LiveThroughAsync(release, cancel)));
        await ticker.Until(Math.Max(Ticker.Now, clock.InstantOf(release)) + assignment.Scenario.Day.WatchSeconds * 1_000);
    }

    private async Task ClockOfWatchersAsync(CancellationToken cancel)
    {
        var clock = await api.MeasureClockAsync(5, cancel);
        foreach (var watcher in browsers.Skip(parents.Count(p => p.Browser is not null)))
        {
            watcher.Clock = clock;
        }
    }

    private async Task ClaimsAsync(Order order, CancellationToken cancel)
    {
        await known.LookUpAsync(api, assignment.Queues, cancel);
        var perMillisecond = order.PerSecond / assignment.Parts / 1_000;
        var count = (int)(perMillisecond * order.Seconds * 1_000);
        var begun = Ticker.Now + 50;
        var first = claimed;
        var claiming = Claiming();
        claimed = order.IsNothing ? first : (first + count) % claiming.Count;
        measure.TimelineFrom = begun;
        await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
        {
            var intended = begun + i / perMillisecond;
            await ticker.Until(intended);
            cancel.ThrowIfCancellationRequested();
            await (order.IsNothing ? NothingAsync(intended, cancel) : claiming[(first + i) % claiming.Count].ClaimAsync(intended, cancel));
        }));
    }

    /// <summary>Who claims steadily: among hostile clients not those of the last queue, in which nothing is to happen.</summary>
    private List<Parent> Claiming() =>
        assignment.Scenario.Kind == ScenarioKind.Hostile && assignment.Queues.Count > 1 ? [.. parents.Where(p => p.Who.Queue != assignment.Queues[^1])] : parents;

    private async Task OfferAsync(Order order, CancellationToken cancel)
    {
        if (claimants.Count == 0)
        {
            await known.LookUpAsync(api, assignment.Queues, cancel);
            claimants = [.. assignment.Parents.Select((who, i) => new Claimant(assignment.Address, who, known.All(who.Queue), new Random(unchecked(assignment.Scenario.Seed * 7919 + i * assignment.Parts + assignment.Part))))];
        }

        await loop.OfferAsync(claimants, order.PerSecond / assignment.Parts, order.Seconds, await api.MeasureClockAsync(5, cancel), cancel);
    }

    private async Task NothingAsync(double intended, CancellationToken cancel)
    {
        measure.Pressed(intended);
        measure.Of(Timed.Lag).Add(Ticker.Now - intended);
        var reply = await api.CommandAsync(HttpMethod.Post, "/api/rehearsal/nothing", "nobody", "nothing", "{\"place\":\"R-000000-00000\"}"u8.ToArray(), cancel);
        measure.Of(Timed.Claim).Add(Ticker.Now - intended);
        measure.Answered(Ticker.Now);
        if (reply.Status != 200)
        {
            measure.Error($"nothing: {reply.Status} {reply.Failure ?? reply.Reason}");
        }
    }

    /// <summary>Waits until no update comes any more, so that what is late is not taken for wrong; not for longer than a minute.</summary>
    private async Task QuietAsync(CancellationToken cancel)
    {
        long before;
        var begun = Ticker.Now;
        var arrival = assignment.Scenario.Arrival;
        var quiet = arrival.Live == LiveKind.Poll ? QuietSeconds + 2 * arrival.PollSeconds : QuietSeconds;
        do
        {
            before = measure.Of(Count.Updates);
            await ticker.For(quiet);
            cancel.ThrowIfCancellationRequested();
        }
        while (measure.Of(Count.Updates) != before && Ticker.Now - begun < LongestUnquiet);
    }

    private PartEnd End()
    {
        // Who could not ask in the end is behind, and not wrong.
        var polling = browsers.OfType<PollingBrowser>().Where(b => b.IsConnected).Take(PositionSamples).ToList();
        List<FollowedPosition> positions = [.. polling.Select(b => b.Told).OfType<FollowedPosition>()];
        foreach (var (who, standing) in standings)
        {
            var follower = followers.Of(who.Queue);
            if (follower.Latest is { } picture && follower.TryChangesAfter(standing.AsOf, out var changes))
            {
                positions.Add(new FollowedPosition(who.Queue, who.Application, standing.AsOf + changes.Count, Positions.After(standing, changes, picture.Pattern)));
            }
        }

        return new PartEnd(
            [.. followers.All.Select(f => f.Latest).Concat(polling.Select(b => b.Shown)).OfType<Picture>()],
            positions,
            [.. followers.All.SelectMany(f => f.Contradictions), .. followers.AllPolled.SelectMany(q => q.Contradictions)]);
    }

    /// <summary>Keeps the connections alive, some of them each second.</summary>
    private async Task CareAsync()
    {
        for (var turn = 0; !ending.IsCancellationRequested; turn++)
        {
            await ticker.For(1);
            for (var i = turn % PingEverySeconds; i < browsers.Count && !ending.IsCancellationRequested; i += PingEverySeconds)
            {
                await browsers[i].CareAsync();
            }
        }
    }
}

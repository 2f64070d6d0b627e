using System.Globalization;
using System.Runtime.InteropServices;
using EOrda.Load.Books;
using EOrda.Load.Hostile;
using EOrda.Load.Measures;
using EOrda.Load.Portal;
using EOrda.Load.Reports;
using EOrda.Load.Scenarios;

namespace EOrda.Load.Runs;

/// <summary>Leads a run through its scenario: has mornings come, orders the parts about, keeps the books, calls the judge.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="credentials">Whom the tool may play.</param>
/// <param name="parts">Who plays.</param>
/// <param name="address">The portal.</param>
/// <param name="processes">The portal's processes, where they are known.</param>
/// <param name="say">Takes what is being done.</param>
internal sealed class Director(Scenario scenario, Credentials credentials, IReadOnlyList<IPart> parts, Uri address, PortalProcesses? processes, Action<string> say) : IDisposable
{
    // Arrivals take longer than planned where the portal is slow; who comes late, comes late.
    private const double ArrivalReserve = 1.3;
    private const double ShortestPreparationSeconds = 2;
    private const double PreparedPerSecond = 2_000;
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterRetreat = TimeSpan.FromSeconds(3);

    private readonly PortalApi api = new(address, connections: 64, new Budget(scenario.Bounds.Requests));
    private readonly RehearsalControl control = new(address, credentials.Token);
    private readonly List<PhaseReport> phases = [];
    private readonly List<RaceReport> races = [];
    private readonly List<Told> book = [];
    private PortalMemory? memory;

    /// <summary>The portal's listener for metrics; null where it has none.</summary>
    public Uri? Metrics { get; init; }

    private IReadOnlyList<Credential> Parents => [.. credentials.Parents.Take(scenario.City.Parents)];

    /// <summary>From the last arrival to the release: everybody measures the server's time, and then it is quiet.</summary>
    private double PreparationSeconds => scenario.Arrival.SettleSeconds + ShortestPreparationSeconds + scenario.City.Parents / PreparedPerSecond;

    private List<string> Queues => [.. Parents.Select(p => p.Queue).Distinct(StringComparer.Ordinal)];

    /// <summary>Plays the scenario. What goes wrong on the way ends the run early, and is in the report.</summary>
    public async Task<RunReport> RunAsync(CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetUtcNow();
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        bounded.CancelAfter(TimeSpan.FromSeconds(scenario.Bounds.Seconds));
        Verdict? verdict = null;
        string? stopped = null;
        try
        {
            await PlayAsync(bounded.Token);
            say("judging");
            verdict = await JudgeAsync(bounded.Token);
        }
        catch (OperationCanceledException)
        {
            stopped = cancel.IsCancellationRequested ? "stopped by hand" : $"stopped after {scenario.Bounds.Seconds} s (bounds.seconds)";
        }
        catch (Exception e) when (e is PortalException or BudgetSpentException or IOException or HttpRequestException or ScenarioException)
        {
            stopped = e.Message;
        }

        var machine = $"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}";
        return new RunReport(scenario, begun, machine, parts.Count, phases, races, memory, verdict, Journal: null, stopped);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        api.Dispose();
        control.Dispose();
    }

    private async Task PlayAsync(CancellationToken cancel)
    {
        var arrivals = (scenario.City.Parents + scenario.City.Watchers) / (double)scenario.Arrival.PerSecond * ArrivalReserve;
        var before = PortalMemoryNow();
        var release = await NextReleaseAsync(arrivals + PreparationSeconds, cancel);
        await DoAsync("arrival", new Order(OrderKind.Connect), cancel);
        memory = new PortalMemory(before, PortalMemoryNow(), 0, parts.Sum(p => p.Progress?.Connected ?? 0));
        switch (scenario.Kind)
        {
            case ScenarioKind.Morning:
                await MorningsAsync(release, cancel);
                break;
            case ScenarioKind.Ramp:
                await ReleasedAsync(release, cancel);
                await RampAsync(isNothing: false, cancel);
                if (scenario.Claims.CompareWithNothing && control.IsRehearsal)
                {
                    await RampAsync(isNothing: true, cancel);
                }

                break;
            case ScenarioKind.Hostile:
                await ReleasedAsync(release, cancel);
                await HostileAsync(cancel);
                break;
            case ScenarioKind.Overload:
                await ReleasedAsync(release, cancel);
                await OverloadAsync(cancel);
                break;
        }

        memory = memory with { MemoryPeak = phases.Select(p => p.Use?.MemoryBytes ?? 0).Max() };
    }

    private async Task MorningsAsync(long release, CancellationToken cancel)
    {
        for (var morning = 1; ; morning++)
        {
            var answers = await DoAsync($"morning {morning}", new Order(OrderKind.Morning, Release: release), cancel);
            races.Add(RaceOf(release, answers));
            foreach (var clock in control.IsRehearsal ? scenario.Day.Clock : [])
            {
                await control.MoveClockAsync(clock, cancel);
                await DoAsync($"from {clock}", new Order(OrderKind.Watch, Seconds: scenario.Day.WatchSeconds), cancel);
            }

            if (morning == scenario.Day.Mornings)
            {
                return;
            }

            release = await NextReleaseAsync(PreparationSeconds, cancel);
            await DoAsync($"before morning {morning + 1}", new Order(OrderKind.Watch), cancel);
        }
    }

    private async Task RampAsync(bool isNothing, CancellationToken cancel)
    {
        var plan = scenario.Claims;
        double rate = plan.PerSecond;
        for (var step = 1; step <= plan.Steps; step++, rate *= plan.Growth)
        {
            var name = isNothing ? "nothing" : "claims";
            await DoAsync(string.Create(CultureInfo.InvariantCulture, $"{name} at {rate:N0}/s"), new Order(OrderKind.Claims, Seconds: plan.StepSeconds, PerSecond: rate, IsNothing: isNothing), cancel);
            var last = phases[^1];
            if (last.Measure.Of(Timed.Claim).P99 > plan.LimitMilliseconds || last.Served < rate * ClaimsPlan.FollowsNoMore)
            {
                return;
            }
        }
    }

    private async Task HostileAsync(CancellationToken cancel)
    {
        var claims = new Order(OrderKind.Claims, Seconds: scenario.Claims.StepSeconds, PerSecond: scenario.Claims.PerSecond);

        // What ten thousand browsers leave behind in both processes (memory, connections that were known) must not be taken for what those do that come later.
        say("warming up, a crowd comes and goes");
        await AllAsync(new Order(OrderKind.Attack, Attack: HostileKind.IdleWatchers), cancel);
        await AllAsync(new Order(OrderKind.Retreat), cancel);
        await DoAsync("warming up", claims, cancel);
        await DoAsync("claims alone", claims, cancel);
        foreach (var kind in Enum.GetValues<HostileKind>())
        {
            say($"{kind} begin");
            await AllAsync(new Order(OrderKind.Attack, Attack: kind), cancel);
            await DoAsync($"claims among {kind}", claims, cancel, among: kind);
            say($"{kind} end");
            await AllAsync(new Order(OrderKind.Retreat), cancel);

            // Thousands of connections that end are still being cleared away.
            await Task.Delay(AfterRetreat, cancel);
            await DoAsync($"claims after {kind}", claims, cancel);
        }
    }

    private async Task OverloadAsync(CancellationToken cancel)
    {
        var plan = scenario.Claims;
        await OfferAsync("warming up", plan.PerSecond, plan.StepSeconds, cancel);
        var (capacity, rate) = (0.0, (double)plan.PerSecond);
        for (var step = 1; step <= plan.Steps; step++, rate *= plan.Growth)
        {
            await OfferAsync("finding the capacity", rate, plan.StepSeconds, cancel);
            var served = phases[^1].Served;
            capacity = Math.Max(capacity, served);
            if (served < rate * ClaimsPlan.FollowsNoMore)
            {
                break;
            }
        }

        foreach (var multiple in scenario.Overload.Multiples)
        {
            await OfferAsync(string.Create(CultureInfo.InvariantCulture, $"{multiple}× capacity"), capacity * multiple, scenario.Overload.StepSeconds, cancel);
        }
    }

    private async Task OfferAsync(string name, double rate, double seconds, CancellationToken cancel)
    {
        // What the step before has left behind is not this one's.
        await Task.Delay(BetweenSteps, cancel);
        await DoAsync(name, new Order(OrderKind.Offer, Seconds: seconds, PerSecond: rate), cancel);
    }

    private Task<PartAnswer[]> AllAsync(Order order, CancellationToken cancel) => Task.WhenAll(parts.Select(part => part.DoAsync(order, cancel)));

    private async Task<IReadOnlyList<PartAnswer>> DoAsync(string name, Order order, CancellationToken cancel, HostileKind? among = null)
    {
        say(name);
        var begun = Ticker.Now;
        var use = PortalUse.Begin(processes);
        var allocated = await PortalAllocation.AskAsync(api, Metrics, cancel);
        var answers = await AllAsync(order, cancel);
        allocated = await PortalAllocation.AskAsync(api, Metrics, cancel) - allocated;
        book.AddRange(answers.SelectMany(a => a.Told));
        var rate = order.Kind is OrderKind.Claims or OrderKind.Offer ? order.PerSecond : (double?)null;
        phases.Add(new PhaseReport(name, rate, (Ticker.Now - begun) / 1_000, MeasureView.Merge([.. answers.Select(a => a.Measure)]), use?.Invoke())
        {
            IsOffered = order.Kind == OrderKind.Offer,
            Among = among?.ToString(),
            Allocated = allocated,
        });
        return answers;
    }

    private async Task<Verdict> JudgeAsync(CancellationToken cancel)
    {
        var ends = await Task.WhenAll(parts.Select(part => part.DoAsync(new Order(OrderKind.Finish), cancel)));
        var protocols = await Protocols.ReadAsync(api, Queues, Parents, cancel);
        return Judge.Run(book, protocols, [.. ends.Select(e => e.End!)]);
    }

    private RaceReport RaceOf(long release, IReadOnlyList<PartAnswer> answers)
    {
        var wins = answers.SelectMany(a => a.Told)
            .Where(t => t is { Deed: Deed.Reserve, IsYes: true, IsRepeat: false })
            .Select(t => t.Answered - release)
            .Order()
            .ToList();
        return new RaceReport(
            scenario.City.Places,
            wins.Count,
            wins.Count == 0 ? null : wins[^1],
            wins.Count == 0 ? null : wins[wins.Count * 9 / 10],
            Fairness.Of([.. answers.SelectMany(a => a.Presses)]));
    }

    private async Task<long> NextReleaseAsync(double leadSeconds, CancellationToken cancel)
    {
        if (control.IsRehearsal)
        {
            say("a morning");
            return await control.BeginMorningAsync(scenario.City.Places, leadSeconds, cancel);
        }

        var locality = Queues[0].Split('/')[0];
        var view = await api.GetAsync($"/api/localities/{locality}", ContractsJson.Default.LocalityAnswer, cancel);
        return view.NextRelease.ToUnixTimeMilliseconds();
    }

    private async Task ReleasedAsync(long release, CancellationToken cancel)
    {
        var clock = await api.MeasureClockAsync(5, cancel);
        await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, clock.InstantOf(release) - Ticker.Now) + 500), cancel);
    }

    private long PortalMemoryNow() => processes?.MemoryBytes ?? 0;
}

using System.Text.Json;
using EOrda.Load.Books;
using EOrda.Load.Commands;
using EOrda.Load.Hostile;
using EOrda.Load.Measures;
using EOrda.Load.Portal;
using EOrda.Load.Reports;
using EOrda.Load.Runs;
using EOrda.Load.Scenarios;
using EOrda.Load.Tests.Support;
using Spectre.Console;
using Xunit;

namespace EOrda.Load.Tests;

/// <summary>Whole runs against the real portal, small.</summary>
public sealed class Runs : IAsyncLifetime
{
    private readonly RehearsalPortal portal = new();

    public Task InitializeAsync() => portal.InitializeAsync();

    public Task DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task A_morning_is_played_judged_audited_and_reported()
    {
        var report = await RunAsync(RehearsalPortal.Morning);
        AssertSound(report);
        Assert.True(report.Journal!.IsSound, report.Journal.Says);
        Assert.Equal(10, Assert.Single(report.Races).Taken);
        Assert.Equal(RehearsalPortal.Parents, report.Verdict!.Applications);
        Assert.Equal(RehearsalPortal.Parents, report.Verdict.Positions);
        var morning = report.Phases.Single(p => p.Name == "morning 1").Measure;
        Assert.True(morning.Of(Count.Repeated) > 0 && morning.Of(Count.Confirmed) > 0 && morning.Of(Count.Dropped) > 0);
        Assert.True(morning.Of(Count.Reconnected) > 0 && morning.Of(Count.Updates) > 0 && morning.Of(Timed.Seen).Count > 0);
        Assert.Equal(morning.Of(Count.Answered), morning.Of(Timed.Claim).Count);

        var html = await File.ReadAllTextAsync(ReportPath + ".html");
        Assert.Contains("<svg", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        await using var json = File.OpenRead(ReportPath + ".json");
        var read = (await JsonSerializer.DeserializeAsync<RunReport>(json, ScenarioFile.Json))!;
        Assert.Equal(morning.Of(Timed.Claim).P99, read.Main!.Measure.Of(Timed.Claim).P99);
        Assert.All(Comparison.Of(report, read), value => Assert.Equal(value.First, value.Second));
    }

    [Fact]
    public async Task A_morning_of_browsers_that_poll_is_judged_by_the_same_judge()
    {
        var report = await RunAsync(RehearsalPortal.Morning with { Arrival = RehearsalPortal.Morning.Arrival with { Live = LiveKind.Poll, PollSeconds = 0.05 } });
        AssertSound(report);
        Assert.Equal(10, Assert.Single(report.Races).Taken);
        Assert.Equal(RehearsalPortal.Parents, report.Verdict!.Positions);
        Assert.Equal(RehearsalPortal.Parents + RehearsalPortal.Morning.City.Watchers, report.Phases.Single(p => p.Name == "arrival").Measure.Of(Count.Connected));
        var morning = report.Phases.Single(p => p.Name == "morning 1").Measure;
        Assert.True(morning.Of(Count.Polls) > morning.Of(Count.Updates) && morning.Of(Count.Updates) > 0);
        Assert.True(morning.Of(Timed.Seen).Count > 0);
    }

    [Fact]
    public async Task A_day_goes_on_to_the_next_morning_with_what_lapsed()
    {
        var report = await RunAsync(RehearsalPortal.Morning with
        {
            Winners = new WinnerPlan { ConfirmShare = 0.3, DropShare = 0.3, AfterSeconds = [0, 0.01] },
            Day = new DayPlan { Mornings = 2, Clock = ["07:11:00", "18:00:01"], WatchSeconds = 0.3 },
        });
        AssertSound(report);
        Assert.Equal(2, report.Races.Count);
        Assert.True(report.Races[1].Taken > report.Races[1].Places, "places that lapsed or were given up came back");
    }

    [Fact]
    public async Task A_ramp_finds_a_rate_and_compares_with_nothing()
    {
        var report = await RunAsync(RehearsalPortal.Morning with
        {
            Kind = ScenarioKind.Ramp,
            Arrival = RehearsalPortal.Morning.Arrival with { LiveShare = 0 },
            Claims = new ClaimsPlan { PerSecond = 100, StepSeconds = 0.5, Steps = 2, LimitMilliseconds = 30_000 },
        });
        AssertSound(report);
        Assert.Contains(report.Phases, p => p.Name == "claims at 100/s" && p.Measure.Of(Count.Answered) == 50);
        Assert.Contains(report.Phases, p => p.Name == "nothing at 100/s" && p.Measure.Of(Count.Answered) == 50 && p.Measure.Errors.Count == 0);
    }

    [Fact]
    public async Task Among_hostile_clients_everybody_else_is_told_the_truth()
    {
        var report = await RunAsync(RehearsalPortal.Morning with
        {
            Kind = ScenarioKind.Hostile,
            Claims = new ClaimsPlan { PerSecond = 50, StepSeconds = 0.5 },
            Hostile = new HostilePlan { Hammers = 1, BadInputs = 1, DeafWatchers = 2, SlowLoris = 2, EndlessBodies = 2, HalfOpen = 2, IdleWatchers = 2 },
        });
        AssertSound(report);
        var among = report.Phases.Where(p => p.Among is not null).ToList();
        Assert.Equal(Enum.GetNames<HostileKind>(), among.Select(p => p.Among));
        Assert.All(among, phase => Assert.Equal(25, phase.Measure.Of(Count.Answered)));
        Assert.Equal(among.Count, AttackTable.Rows(report).Count());
    }

    [Fact]
    public async Task An_overload_finds_the_capacity_and_goes_beyond_it()
    {
        var report = await RunAsync(RehearsalPortal.Morning with
        {
            Kind = ScenarioKind.Overload,
            Arrival = RehearsalPortal.Morning.Arrival with { LiveShare = 0 },
            Claims = new ClaimsPlan { PerSecond = 100, StepSeconds = 0.5, Steps = 1 },
            Overload = new OverloadPlan { Multiples = [1, 2], StepSeconds = 0.5, Connections = 20 },
        });
        AssertSound(report);
        var steps = report.Phases.Where(p => p.IsOffered).ToList();
        Assert.Equal(["warming up", "finding the capacity", "1× capacity", "2× capacity"], steps.Select(p => p.Name));
        Assert.True(Math.Abs(steps[3].Offered!.Value - steps[1].Served * 2) < 0.001 || steps[0].Served > steps[1].Served, "twice what was served");
        Assert.All(steps, step => Assert.Equal(
            step.Measure.Of(Count.Pressed),
            step.Measure.Of(Count.Answered) + step.Measure.Of(Count.Busy) + step.Measure.Of(Count.TooMany) + step.Measure.Errors.Values.Sum()));
        Assert.All(steps, step => Assert.True(step.Measure.Of(Count.Answered) > 0));
        Assert.Equal(steps.Count, OverloadCurve.Rows(report).Count());
    }

    [Fact]
    public async Task Two_workers_share_a_run()
    {
        var (scenario, credentials) = (RehearsalPortal.Morning, portal.Credentials);
        var whole = portal.Whole(scenario);
        await using var shared = await SharedRun.ListenAsync(
            new Uri("http://127.0.0.1:0"),
            permission: null,
            workers: 2,
            part => whole with { Part = part, Parts = 2, Parents = [.. whole.Parents.Where((_, i) => i % 2 == part)] });
        var workers = Task.WhenAll(Worker.RunAsync(shared.Address, permission: null, CancellationToken.None), Worker.RunAsync(shared.Address, permission: null, CancellationToken.None));
        await shared.JoinedAsync(CancellationToken.None);
        await Assert.ThrowsAsync<ScenarioException>(() => Worker.RunAsync(shared.Address, permission: null, CancellationToken.None));
        using var director = new Director(scenario, credentials, shared.Parts, portal.Address, processes: null, _ => { });
        var report = await director.RunAsync(CancellationToken.None);
        await shared.DisposeAsync();
        await workers;
        AssertSound(report with { Journal = JournalCheck.Run(portal.Data) });
        Assert.Equal((2, 10), (report.Parts, Assert.Single(report.Races).Taken));
        Assert.Equal(RehearsalPortal.Parents + scenario.City.Watchers, report.Phases.Single(p => p.Name == "arrival").Measure.Of(Count.Connected));
    }

    [Fact]
    public async Task A_run_that_has_spent_its_requests_stops_and_is_not_sound()
    {
        var report = await RunAsync(RehearsalPortal.Morning with { Bounds = RehearsalPortal.Morning.Bounds with { Requests = 60 } });
        Assert.False(report.IsSound);
        Assert.Contains("bounds.requests", report.Stopped, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parent_who_was_told_a_lie_fails_the_run()
    {
        var part = new LyingPart(new LocalPart(portal.Whole(RehearsalPortal.Morning)));
        await using var played = part;
        using var director = new Director(RehearsalPortal.Morning, portal.Credentials, [part], portal.Address, processes: null, _ => { });
        var report = await director.RunAsync(CancellationToken.None);
        Assert.False(report.IsSound);
        Assert.Contains(report.Verdict!.Contradictions, c => c.Subject == part.Victim && c.Rule == "an application holds what its parent was told");
    }

    private string ReportPath => Path.Combine(portal.Files, "report");

    private static void AssertSound(RunReport report) =>
        Assert.True(report.IsSound, $"{report.Stopped} {string.Join('\n', report.Verdict?.Contradictions ?? [])}");

    private Task<RunReport> RunAsync(Scenario scenario)
    {
        var options = new RunOptions
        {
            Address = portal.Address,
            Credentials = portal.CredentialsFile,
            Data = portal.Data,
            Listen = new Uri("http://127.0.0.1:5090"),
            Report = ReportPath,
        };
        return Rehearsal.RunAsync(scenario, options, AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) }), CancellationToken.None);
    }

    /// <summary>Tells one loser that it has won.</summary>
    private sealed class LyingPart(IPart inner) : IPart
    {
        public string? Victim { get; private set; }

        public PartProgress? Progress => inner.Progress;

        public async Task<PartAnswer> DoAsync(Order order, CancellationToken cancel)
        {
            var answer = await inner.DoAsync(order, cancel);
            var winners = answer.Told.Where(t => t.IsYes).Select(t => t.Application).ToHashSet();
            if (Victim is not null || answer.Told.FirstOrDefault(t => !winners.Contains(t.Application)) is not { } lost)
            {
                return answer;
            }

            Victim = lost.Application;
            var lie = lost with { Turn = 1_000, Key = "lie", Status = 200, Reason = null, Place = "R-0", Until = 4_102_444_800_000 };
            return answer with { Told = [.. answer.Told, lie] };
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}

using System.CommandLine;
using EOrda.Load.Reports;
using EOrda.Load.Scenarios;
using Spectre.Console;

namespace EOrda.Load.Commands;

/// <summary>The scenarios as commands: <c>rush</c>, <c>day</c>, <c>watch</c>, <c>soak</c>, <c>ramp</c>, <c>hostile</c>, <c>overload</c>, and <c>run FILE</c> for others.</summary>
internal sealed class RunCommands
{
    private const int NotSound = 1;
    private const int LogWidth = 240;
    private const int Unusable = 2;

    private static readonly (string Name, string About)[] Known =
    [
        ("rush", "The morning: everybody watches, everybody presses around 07:00."),
        ("day", "A whole day compressed: the rush, lapses, the handover, the next morning."),
        ("watch", "Many watchers of one queue while a few claim."),
        ("soak", "Several mornings, one after another."),
        ("ramp", "Claims at a growing rate until the portal cannot follow."),
        ("hostile", "Steady claims, alone and among each kind of hostile clients."),
        ("overload", "Claims at multiples of what the portal can serve."),
    ];

    private readonly Option<string> url = new("--url") { Description = "The portal's address.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
    private readonly Option<string?> credentials = new("--credentials") { Description = "The file of parents of a portal that runs already (rehearsal.jsonl of its data directory). Without it the tool starts a portal." };
    private readonly Option<string?> data = new("--data") { Description = "The portal's data directory, audited in the end; a fresh one for a portal that the tool starts." };
    private readonly Option<string?> portal = new("--portal") { Description = "The portal's assembly to start (EOrda.Portal.dll)." };
    private readonly Option<int?> process = new("--portal-process") { Description = "The process number of a portal that runs already, to look at its memory and processor time." };
    private readonly Option<string?> metrics = new("--metrics") { Description = "The listener for metrics of a portal that runs already, to look at what it allocates." };
    private readonly Option<int> workers = new("--workers") { Description = "So many worker processes play." };
    private readonly Option<bool> start = new("--start-workers") { Description = "Start the workers on this machine." };
    private readonly Option<string> listen = new("--listen") { Description = "Where workers find the coordinator.", DefaultValueFactory = _ => "http://127.0.0.1:5090" };
    private readonly Option<string?> permission = new("--permission") { Description = "What must be written to load another machine than this one: \"I may load HOST\"." };
    private readonly Option<string> report = new("--report") { Description = "Where the report goes, without .html and .json.", DefaultValueFactory = _ => Path.Combine("artifacts", "load", "report") };
    private readonly Option<int?> parents = new("--parents") { Description = "Parents, instead of the scenario's number." };
    private readonly Option<int?> watchers = new("--watchers") { Description = "Watchers, instead of the scenario's number." };
    private readonly Option<int?> places = new("--places") { Description = "Places of a morning, instead of the scenario's number." };
    private readonly Option<int?> queues = new("--queues") { Description = "Queues, instead of the scenario's number." };
    private readonly Option<int?> waiting = new("--waiting") { Description = "Applications that nobody plays, instead of the scenario's number." };
    private readonly Option<double?> spread = new("--spread") { Description = "Seconds within which browsers press, instead of the scenario's." };
    private readonly Option<int?> rate = new("--rate") { Description = "Claims a second, instead of the scenario's first rate." };

    /// <summary>The commands.</summary>
    public IEnumerable<Command> Create()
    {
        foreach (var (name, about) in Known)
        {
            yield return Make(name, about, _ => name);
        }

        var file = new Argument<string>("FILE") { Description = "A scenario's file." };
        var run = Make("run", "A scenario of your own.", parsed => parsed.GetRequiredValue(file));
        run.Add(file);
        yield return run;
    }

    private Command Make(string name, string about, Func<ParseResult, string> scenario)
    {
        var command = new Command(name, about)
        {
            url, credentials, data, portal, process, metrics, workers, start, listen, permission, report, parents, watchers, places, queues, waiting, spread, rate,
        };
        command.SetAction((parsed, cancel) => RunAsync(scenario(parsed), parsed, cancel));
        return command;
    }

    private async Task<int> RunAsync(string name, ParseResult parsed, CancellationToken cancel)
    {
        try
        {
            var options = new RunOptions
            {
                Address = Permission.Read(parsed.GetRequiredValue(url)),
                Credentials = parsed.GetValue(credentials),
                Data = parsed.GetValue(data),
                Portal = parsed.GetValue(portal),
                PortalProcess = parsed.GetValue(process),
                Metrics = parsed.GetValue(metrics) is { } address ? Permission.Read(address) : null,
                Workers = parsed.GetValue(workers),
                StartWorkers = parsed.GetValue(start),
                Listen = Permission.Read(parsed.GetRequiredValue(listen)),
                Written = parsed.GetValue(permission),
                Report = parsed.GetRequiredValue(report),
            };
            if (Console.IsOutputRedirected)
            {
                AnsiConsole.Profile.Width = LogWidth;
            }

            var ended = await Rehearsal.RunAsync(Adjusted(ScenarioFile.Read(name), parsed), options, AnsiConsole.Console, cancel);
            Summary.Write(AnsiConsole.Console, ended, options.Report);
            return ended.IsSound ? 0 : NotSound;
        }
        catch (Exception e) when (e is ScenarioException or IOException or HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Unusable;
        }
    }

    private Scenario Adjusted(Scenario scenario, ParseResult parsed) => scenario with
    {
        City = scenario.City with
        {
            Parents = parsed.GetValue(parents) ?? scenario.City.Parents,
            Watchers = parsed.GetValue(watchers) ?? scenario.City.Watchers,
            Places = parsed.GetValue(places) ?? scenario.City.Places,
            Queues = parsed.GetValue(queues) ?? scenario.City.Queues,
            Waiting = parsed.GetValue(waiting) ?? scenario.City.Waiting,
        },
        Press = scenario.Press with { SpreadSeconds = parsed.GetValue(spread) ?? scenario.Press.SpreadSeconds },
        Claims = scenario.Claims with { PerSecond = parsed.GetValue(rate) ?? scenario.Claims.PerSecond },
    };
}

using System.CommandLine;
using System.Globalization;
using EOrda.Load.Portal;
using EOrda.Load.Reports;
using EOrda.Load.Scenarios;
using Spectre.Console;

namespace EOrda.Load.Commands;

/// <summary>
/// <c>peers</c>: the same scenarios against the portal and against one built the usual way, in one run. Each time a fresh process on a fresh city; the
/// judge's verdict on both.
/// </summary>
internal static class PeersCommand
{
    /// <summary>The variable with the connection string of the server that the peer uses; benchmarks/postgres.sh sets it.</summary>
    private const string ConnectionVariable = "EORDA_POSTGRES";

    /// <summary>The variable with the server's first process.</summary>
    private const string ProcessVariable = "EORDA_POSTGRES_PROCESS";

    private const int NotSound = 1;
    private const int Unusable = 2;
    private const int LogWidth = 160;
    private static readonly string[] Scenarios = ["peers-rush", "peers-ramp"];

    public static Command Create()
    {
        var url = new Option<string>("--url") { Description = "Where both are to listen, one after the other.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var report = new Option<string>("--report") { Description = "Where the reports go, without their endings.", DefaultValueFactory = _ => Path.Combine("artifacts", "load", "peers") };
        var command = new Command("peers", "Play the same against the portal and against one built the usual way (run it with benchmarks/postgres.sh).") { url, report };
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                return await RunAsync(Permission.Read(parsed.GetRequiredValue(url)), parsed.GetRequiredValue(report), cancel);
            }
            catch (Exception e) when (e is ScenarioException or IOException or HttpRequestException or OperationCanceledException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return Unusable;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(Uri address, string report, CancellationToken cancel)
    {
        if (Environment.GetEnvironmentVariable(ConnectionVariable) is null
            || !int.TryParse(Environment.GetEnvironmentVariable(ProcessVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var database))
        {
            throw new ScenarioException($"{ConnectionVariable} and {ProcessVariable} are not set: run this with benchmarks/postgres.sh.");
        }

        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = LogWidth;
        }

        var pairs = new List<(RunReport Portal, RunReport Peer)>();
        foreach (var name in Scenarios)
        {
            var scenario = ScenarioFile.Read(name);
            var portal = await PlayAsync(scenario, PortalProcess.PortalAssembly(), address, database: null, $"{report}-{name}-portal", cancel);
            var polled = scenario with { Arrival = scenario.Arrival with { Live = LiveKind.Poll } };
            pairs.Add((portal, await PlayAsync(polled, PortalProcess.PeerAssembly(), address, database, $"{report}-{name}-peer", cancel)));
        }

        foreach (var (portal, peer) in pairs)
        {
            AnsiConsole.Write(BesideTable.Of(portal, peer));
        }

        return pairs.TrueForAll(pair => pair.Portal.IsSound && pair.Peer.IsSound) ? 0 : NotSound;
    }

    /// <summary>Plays a scenario against a portal of its own.</summary>
    /// <param name="scenario">What is played.</param>
    /// <param name="assembly">What is started.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="database">The first process of the database server it uses; null where it keeps a journal, which is audited.</param>
    /// <param name="report">Where the report goes.</param>
    /// <param name="cancel">Gives up.</param>
    private static async Task<RunReport> PlayAsync(Scenario scenario, string assembly, Uri address, int? database, string report, CancellationToken cancel)
    {
        await using var started = await PortalProcess.StartAsync(assembly, address, data: null, scenario, line => AnsiConsole.Console.WriteLine("  " + line), cancel);
        var options = new RunOptions
        {
            Address = address,
            Listen = address,
            Credentials = started.CredentialsFile,
            Data = database is null ? started.Data : null,
            PortalProcess = started.Id,
            Metrics = started.Metrics,
            DatabaseProcess = database,
            Report = report,
        };
        var played = await Rehearsal.RunAsync(scenario, options, AnsiConsole.Console, cancel);
        Summary.Write(AnsiConsole.Console, played, report);
        return played;
    }
}

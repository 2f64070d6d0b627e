using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EOrda.Load.Books;
using EOrda.Load.Portal;
using EOrda.Load.Reports;
using EOrda.Load.Runs;
using EOrda.Load.Scenarios;
using Spectre.Console;

namespace EOrda.Load.Commands;

/// <summary>One run from beginning to end: portal, workers, scenario, judge, audit, report.</summary>
internal static class Rehearsal
{
    private const int MostWorkers = 64;

    /// <summary>Rehearses.</summary>
    /// <returns>The report.</returns>
    /// <exception cref="ScenarioException">It cannot begin.</exception>
    public static async Task<RunReport> RunAsync(Scenario scenario, RunOptions options, IAnsiConsole console, CancellationToken cancel)
    {
        ScenarioFile.Checked(scenario);
        options.Checked();
        if (options.Workers is < 0 or > MostWorkers)
        {
            throw new ScenarioException($"--workers: a number from 0 to {MostWorkers} is needed.");
        }

        await using var portal = options.Credentials is null
            ? await PortalProcess.StartAsync(options.Portal, options.Address, options.Data, scenario, line => console.WriteLine("  " + line), cancel)
            : null;
        var credentials = Credentials.Read(options.Credentials ?? portal!.CredentialsFile);
        if (credentials.Parents.Count < scenario.City.Parents)
        {
            throw new ScenarioException($"{scenario.City.Parents} parents are wanted, {credentials.Parents.Count} are known.");
        }

        var report = await PlayAsync(scenario, options, credentials, ProcessesOf(portal?.Id ?? options.PortalProcess, options), portal?.Metrics ?? options.Metrics, console, cancel);
        if (portal is not null)
        {
            await portal.StopAsync();
        }

        if ((portal?.Data ?? options.Data) is { } data)
        {
            report = report with { Journal = JournalCheck.Run(data) };
        }

        await WriteAsync(report, options.Report);
        return report;
    }

    private static PortalProcesses? ProcessesOf(int? portal, RunOptions options) => portal is { } id ? new PortalProcesses(id, options.DatabaseProcess) : null;

    private static async Task<RunReport> PlayAsync(Scenario scenario, RunOptions options, Credentials credentials, PortalProcesses? processes, Uri? metrics, IAnsiConsole console, CancellationToken cancel)
    {
        var parents = credentials.Parents.Take(scenario.City.Parents).ToList();
        var queues = parents.Select(p => p.Queue).Distinct(StringComparer.Ordinal).ToList();
        var count = Math.Max(1, options.Workers);
        Assignment Assign(int part) => new(
            scenario,
            options.Address,
            options.Written,
            part,
            count,
            [.. parents.Where((_, i) => i % count == part)],
            queues);

        if (options.Workers == 0)
        {
            await using var alone = new LocalPart(Assign(0));
            return await LeadAsync(scenario, credentials, [alone], options.Address, processes, metrics, console, cancel);
        }

        await using var shared = await SharedRun.ListenAsync(options.Listen, options.Written, options.Workers, Assign);
        using var workers = new StartedWorkers(options.StartWorkers ? options.Workers : 0, options.Listen);
        console.WriteLine($"Waiting for {options.Workers} workers at {options.Listen} …");
        await shared.JoinedAsync(cancel);
        var report = await LeadAsync(scenario, credentials, shared.Parts, options.Address, processes, metrics, console, cancel);
        await shared.DisposeAsync();
        await workers.EndedAsync();
        return report;
    }

    private static async Task<RunReport> LeadAsync(
        Scenario scenario,
        Credentials credentials,
        IReadOnlyList<IPart> parts,
        Uri address,
        PortalProcesses? processes,
        Uri? metrics,
        IAnsiConsole console,
        CancellationToken cancel)
    {
        var board = new ProgressBoard(console, parts);
        using var director = new Director(scenario, credentials, parts, address, processes, board.Say) { Metrics = metrics };
        var run = Task.Run(() => director.RunAsync(cancel), CancellationToken.None);
        await board.ShowAsync(run);
        return await run;
    }

    private static async Task WriteAsync(RunReport report, string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } directory)
        {
            Directory.CreateDirectory(directory);
        }

        await File.WriteAllTextAsync(path + ".html", HtmlReport.Of(report));
        await using var json = File.Create(path + ".json");
        await JsonSerializer.SerializeAsync(json, report, ScenarioFile.Json);
    }

    /// <summary>Worker processes of this machine.</summary>
    private sealed class StartedWorkers : IDisposable
    {
        private readonly List<Process> processes = [];

        public StartedWorkers(int count, Uri coordinator)
        {
            for (var i = 0; i < count; i++)
            {
                processes.Add(Process.Start(new ProcessStartInfo(Environment.ProcessPath!, Arguments(coordinator)) { UseShellExecute = false })!);
            }
        }

        public async Task EndedAsync()
        {
            foreach (var process in processes)
            {
                await process.WaitForExitAsync();
            }
        }

        public void Dispose()
        {
            foreach (var process in processes)
            {
                if (!process.HasExited)
                {
                    process.Kill();
                }

                process.Dispose();
            }
        }

        private static IEnumerable<string> Arguments(Uri coordinator)
        {
            // Run as 'dotnet EOrda.Load.dll' the process is dotnet, and wants the assembly first.
            if (string.Equals(Path.GetFileNameWithoutExtension(Environment.ProcessPath), "dotnet", StringComparison.OrdinalIgnoreCase))
            {
                yield return Environment.GetCommandLineArgs()[0];
            }

            yield return "worker";
            yield return "--coordinator";
            yield return string.Create(CultureInfo.InvariantCulture, $"{coordinator}");
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EOrda.Load.Scenarios;

namespace EOrda.Load.Portal;

/// <summary>A portal that the tool starts for a rehearsal, on a made-up city in a fresh data directory, and stops in the end.</summary>
internal sealed class PortalProcess : IAsyncDisposable
{
    private const string Solution = "EOrda.Actors.sln";
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(40);

    private readonly Process process;
    private readonly bool ownsData;

    private PortalProcess(Process process, string data, bool ownsData, Uri metrics) =>
        (this.process, Data, this.ownsData, Metrics) = (process, data, ownsData, metrics);

    /// <summary>Its listener for metrics.</summary>
    public Uri Metrics { get; }

    /// <summary>The data directory.</summary>
    public string Data { get; }

    /// <summary>The process's number.</summary>
    public int Id => process.Id;

    /// <summary>The parents.</summary>
    public string CredentialsFile => Path.Combine(Data, "rehearsal.jsonl");

    /// <summary>Starts one and waits until it is ready.</summary>
    /// <param name="assembly">The portal's assembly; null for the one built beside the tool.</param>
    /// <param name="address">Where it is to listen.</param>
    /// <param name="data">The data directory; null for one that goes with the run.</param>
    /// <param name="scenario">The scenario: its city, and what else the portal is told.</param>
    /// <param name="log">Takes its words.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ScenarioException">It does not start.</exception>
    public static async Task<PortalProcess> StartAsync(string? assembly, Uri address, string? data, Scenario scenario, Action<string> log, CancellationToken cancel)
    {
        if (!Permission.IsLoopback(address))
        {
            throw new ScenarioException($"A portal can be started on this machine only, not on {address}.");
        }

        var city = scenario.City;
        var metrics = FreeAddress();
        var directory = data ?? Directory.CreateTempSubdirectory("eorda-rehearsal-").FullName;
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };

        // As its launch settings say; the tool's own are others.
        start.Environment["DOTNET_GCgen0size"] = "0x8000000";
        start.Environment.Remove("DOTNET_GCGen0MaxBudget");
        foreach (var argument in (string[])
        [
            assembly ?? PortalAssembly(), "--environment", "Development", "--urls", address.GetLeftPart(UriPartial.Authority), "--data", directory, "--metrics", metrics.GetLeftPart(UriPartial.Authority), "--rehearsal",
            string.Create(CultureInfo.InvariantCulture, $"parents={city.Parents},waiting={city.Waiting},queues={city.Queues},window={city.Window}"),

            // A whole city comes from this machine's address.
            "--admission:addressRate", "1000000", "--admission:addressBurst", "1000000", "--admission:addressRequests", "1000000",
            "--live:connectionsPerAddress", "1000000", "--live:addressCallRate", "1000000", "--live:addressCallBurst", "1000000",
            .. scenario.Portal,
        ])
        {
            start.ArgumentList.Add(argument);
        }

        var started = Process.Start(start)!;
        var portal = new PortalProcess(started, directory, ownsData: data is null, metrics);
        started.OutputDataReceived += (_, line) => Log(line.Data, log);
        started.ErrorDataReceived += (_, line) => Log(line.Data, log);
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        try
        {
            await portal.ReadyAsync(address, cancel);
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    /// <summary>The portal that was built with the tool: the same configuration and framework, in its own directory of the repository.</summary>
    /// <exception cref="ScenarioException">It is not there.</exception>
    public static string PortalAssembly() => FindAssembly("src", "EOrda.Portal");

    /// <summary>The one built the usual way.</summary>
    /// <exception cref="ScenarioException">It is not there.</exception>
    public static string PeerAssembly() => FindAssembly("benchmarks", "EOrda.PeerPortal");

    /// <summary>Stops it as an operator does, so that it answers what it has taken on.</summary>
    public async Task StopAsync()
    {
        if (process.HasExited)
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            process.Kill();
        }
        else
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        }

        using var patience = new CancellationTokenSource(StopsWithin);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process.Dispose();
        if (ownsData)
        {
            Directory.Delete(Data, recursive: true);
        }
    }

    /// <summary>An address of this machine at which nobody listens now.</summary>
    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }

    private static void Log(string? line, Action<string> log)
    {
        if (!string.IsNullOrEmpty(line))
        {
            log(line);
        }
    }

    private async Task ReadyAsync(Uri address, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
        for (var begun = Stopwatch.GetTimestamp(); ;)
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(begun) > StartsWithin)
            {
                throw new ScenarioException("The portal did not become ready; what it said is above.");
            }

            try
            {
                using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancel);

                // Somebody else's portal on the same port would answer too; ours has written its parents.
                if (answer.IsSuccessStatusCode && File.Exists(CredentialsFile))
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), cancel);
        }
    }

    private static string FindAssembly(params string[] project)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var (framework, configuration) = (here.Name, here.Parent?.Name ?? "");
        for (var directory = here; directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, Solution)))
            {
                var path = Path.Combine([directory.FullName, .. project, "bin", configuration, framework, project[^1] + ".dll"]);
                return File.Exists(path) ? path : throw new ScenarioException($"'{path}' is not there: build the portal, or name it with --portal.");
            }
        }

        throw new ScenarioException("The portal to start is not found beside the tool; name its assembly with --portal.");
    }
}

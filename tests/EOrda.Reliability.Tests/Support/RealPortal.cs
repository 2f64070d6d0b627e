using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using EOrda.Load.Portal;

namespace EOrda.Reliability.Tests.Support;

/// <summary>The built portal as a process of its own on a rehearsal's data, killed, stopped and started again as often as a test wants.</summary>
internal sealed class RealPortal : IDisposable
{
    private const int LinesKept = 40;
    private const int Sigterm = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string size;
    private readonly ConcurrentQueue<string> said = new();
    private readonly HttpClient http;
    private Process? process;

    /// <summary>Starts nothing yet.</summary>
    /// <param name="data">The data directory.</param>
    /// <param name="parents">Applications of the city.</param>
    /// <param name="queues">Queues that share them.</param>
    public RealPortal(string data, int parents, int queues)
    {
        Data = data;
        size = string.Create(CultureInfo.InvariantCulture, $"parents={parents},queues={queues},window=0");
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
    }

    /// <summary>The data directory.</summary>
    public string Data { get; }

    /// <summary>Where it listens, the same in each life.</summary>
    public Uri Address { get; }

    /// <summary>The parents' secrets.</summary>
    public Credentials Credentials => Credentials.Read(Path.Combine(Data, "rehearsal.jsonl"));

    /// <summary>What it said last, for the message of a failure.</summary>
    public string Said => string.Join('\n', said);

    /// <summary>True while the process lives.</summary>
    public bool Lives => process is { HasExited: false };

    /// <summary>Starts the process and waits for nothing.</summary>
    public void Start()
    {
        process?.Dispose();
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[]
        {
            "exec", Path.Combine(AppContext.BaseDirectory, "EOrda.Portal.dll"), "--environment", "Development", "--urls", Address.GetLeftPart(UriPartial.Authority),
            "--data", Data, "--rehearsal", size, "--Logging:LogLevel:Default", "Critical",

            // All clients come from this machine's address.
            "--admission:addressRate", "1000000", "--admission:addressBurst", "1000000", "--admission:addressRequests", "1000000",

            // Families ask again and again, without a pause.
            "--admission:applicationRate", "1000000", "--admission:applicationBurst", "1000000", "--admission:applicationRequests", "1000000",
        })
        {
            start.ArgumentList.Add(argument);
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Say(line.Data);
        process.ErrorDataReceived += (_, line) => Say(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Starts the process and waits until it is ready.</summary>
    public async Task StartReadyAsync()
    {
        Start();
        for (var begun = Stopwatch.GetTimestamp(); await StatusAsync("/health/ready") != HttpStatusCode.OK; await Task.Delay(50))
        {
            Assert.True(Lives && Stopwatch.GetElapsedTime(begun) < Patience, $"The portal does not become ready. It said:\n{Said}");
        }
    }

    /// <summary>The status of a GET; null when nobody answers.</summary>
    public async Task<HttpStatusCode?> StatusAsync(string path)
    {
        try
        {
            using var answer = await http.GetAsync(path);
            return answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        process!.Kill();
        Assert.True(process.WaitForExit(Patience));
    }

    /// <summary>SIGTERM. Returns at once.</summary>
    public void Terminate() => Assert.Equal(0, Signal(process!.Id, Sigterm));

    /// <summary>Waits for the process to end by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitedAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await process!.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    /// <summary>Stops it as an operator does.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> StopAsync()
    {
        Terminate();
        return ExitedAsync();
    }

    public void Dispose()
    {
        if (Lives)
        {
            Kill();
        }

        process?.Dispose();
        http.Dispose();
    }

    // A process of its own that sends the signal would take longer than what is under way.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Signal(int process, int signal);

    private void Say(string? line)
    {
        if (string.IsNullOrEmpty(line))
        {
            return;
        }

        said.Enqueue(line);
        if (said.Count > LinesKept)
        {
            said.TryDequeue(out _);
        }
    }

    // Not a port that the system gives to those who connect: while the portal is down, one of its own clients could be given it.
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

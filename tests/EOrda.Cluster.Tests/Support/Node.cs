using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;

namespace EOrda.Cluster.Tests.Support;

/// <summary>How a process is told something.</summary>
internal enum Signal
{
    /// <summary>To stop in an orderly way.</summary>
    Terminate = 15,

    /// <summary>To go on.</summary>
    Continue = 18,

    /// <summary>To stand still.</summary>
    Stop = 19,
}

/// <summary>The built portal as one node of a cluster: a process of its own, ended and started again as often as a test wants.</summary>
internal sealed class Node : IDisposable
{
    private const int LinesKept = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string[] command;
    private readonly ConcurrentQueue<string> said = new();
    private readonly HttpClient http;
    private Process? process;

    /// <summary>Starts nothing yet.</summary>
    /// <param name="address">Where it listens for callers, the same in each life.</param>
    /// <param name="inside">What starts a program where the node is to run.</param>
    /// <param name="arguments">The portal's options.</param>
    public Node(Uri address, string[] inside, string[] arguments)
    {
        Address = address;
        command =
        [
            .. inside, "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "EOrda.Portal.dll"),
            "--environment", "Production", "--urls", address.GetLeftPart(UriPartial.Authority), "--insecure", "--AllowedHosts", "*",

            // All clients come from this machine's address, and families ask again and again.
            "--admission:addressRate", "1000000", "--admission:addressBurst", "1000000", "--admission:addressRequests", "1000000",
            "--admission:applicationRate", "1000000", "--admission:applicationBurst", "1000000", "--admission:applicationRequests", "1000000",
            "--Logging:Console:FormatterName", "simple", "--Logging:Console:FormatterOptions:SingleLine", "true", "--Logging:Console:FormatterOptions:TimestampFormat", "HH:mm:ss.fff ",
            .. arguments,
        ];
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
    }

    /// <summary>Where it listens for callers.</summary>
    public Uri Address { get; }

    /// <summary>What it said last, for the message of a failure.</summary>
    public string Said => string.Join('\n', said);

    /// <summary>True while the process lives.</summary>
    public bool Lives => process is { HasExited: false };

    /// <summary>Starts the process and waits for nothing.</summary>
    public void Start()
    {
        process?.Dispose();
        process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, line) => Say(line.Data);
        process.ErrorDataReceived += (_, line) => Say(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Waits until it is ready.</summary>
    public async Task ReadyAsync()
    {
        for (var begun = Stopwatch.GetTimestamp(); await StatusAsync("/health/ready") != HttpStatusCode.OK; await Task.Delay(50))
        {
            Assert.True(Lives && Stopwatch.GetElapsedTime(begun) < Patience, $"The node does not become ready. It said:\n{Said}");
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

    /// <summary>Sends a signal. Returns at once.</summary>
    public void Tell(Signal signal) => Assert.Equal(0, Send(process!.Id, (int)signal));

    /// <summary>Waits for the process to end by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitedAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process!.WaitForExitAsync(patience.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"The node does not end. It said:\n{Said}", e);
        }
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
    private static extern int Send(int process, int signal);

    private void Say(string? line)
    {
        if (string.IsNullOrEmpty(line))
        {
            return;
        }

        if (Draws.Logs is { } logs)
        {
            lock (said)
            {
                File.AppendAllText(Path.Combine(logs, $"{Address.Host}-{Address.Port}.log"), line + "\n");
            }
        }

        said.Enqueue(line);
        if (said.Count > LinesKept)
        {
            said.TryDequeue(out _);
        }
    }
}

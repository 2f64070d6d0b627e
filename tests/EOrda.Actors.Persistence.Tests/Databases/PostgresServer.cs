using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace EOrda.Actors.Persistence.Tests.Databases;

/// <summary>A PostgreSQL cluster of its own: a temporary directory, a user that is not root, loopback, a free port. It syncs every commit.</summary>
internal sealed class PostgresServer : IDisposable
{
    private const string Owner = "postgres";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string? Programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "postgres")))
        : null;

    // Its keeper ends it when the tests end.
    private static readonly Lazy<PostgresServer> LazyShared = new(() => new PostgresServer());

    // Waits until whoever writes to it is gone, however that went.
    private const string Keeper =
        """cat > /dev/null; kill -QUIT "$(head -n 1 "$0/data/postmaster.pid" 2> /dev/null)" 2> /dev/null && sleep 1; rm -rf "$0" """;

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("eorda-postgres-");
    private readonly int port = FreePort();
    private readonly Process keeper;
    private Process? process;
    private int databases;

    public PostgresServer()
    {
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", Owner, directory.FullName);
        }

        keeper = Process.Start(new ProcessStartInfo("sh", ["-c", Keeper, directory.FullName]) { UseShellExecute = false, RedirectStandardInput = true })!;
        Run(AsOwner(Path.Combine(Programs!, "initdb"), "--pgdata", Data, "--username=eorda", "--auth=trust", "--encoding=UTF8", "--locale=C"));
        Start();
    }

    /// <summary>Why no server can be started here, or null.</summary>
    public static string? Missing => Programs is null ? "PostgreSQL is not installed (Debian's package postgresql; test.sh installs it)" : null;

    /// <summary>The one for tests that do not stop it.</summary>
    public static PostgresServer Shared => LazyShared.Value;

    private string Data => Path.Combine(directory.FullName, "data");

    /// <summary>Makes an empty database.</summary>
    /// <returns>How to connect to it.</returns>
    public string NewDatabase()
    {
        var name = $"test{Interlocked.Increment(ref databases)}";
        Execute($"CREATE DATABASE {name}");
        return ConnectionTo(name);
    }

    /// <summary>Runs a statement as the administrator.</summary>
    public void Execute(string statement)
    {
        using var connection = new NpgsqlConnection(ConnectionTo("postgres") + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(statement, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Starts it (again), and waits until it takes connections.</summary>
    public void Start()
    {
        process = Process.Start(Started(AsOwner(Path.Combine(Programs!, "postgres"), "-D", Data, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={directory.FullName}", "-c", "log_min_messages=panic")))!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        for (var waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                Execute("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (waited.Elapsed < Patience && !process.HasExited)
            {
                Thread.Sleep(50);
            }
        }
    }

    /// <summary>Ends it at once, as a loss of power does: connections break, and it recovers at the next start.</summary>
    public void Kill() => End("QUIT");

    /// <summary>Sends a signal to the server's first process.</summary>
    public void Signal(string signal) => Run("kill", $"-{signal}", $"{process!.Id}");

    public void Dispose()
    {
        if (process is { HasExited: false })
        {
            Kill();
        }

        keeper.StandardInput.Close();
        keeper.WaitForExit(Patience);
        keeper.Dispose();
    }

    private void End(string signal)
    {
        Signal(signal);
        if (!process!.WaitForExit(Patience))
        {
            throw new InvalidOperationException("PostgreSQL does not stop.");
        }

        process.Dispose();
        process = null;
    }

    private string ConnectionTo(string database) => $"Host=127.0.0.1;Port={port};Username=eorda;Database={database};Maximum Pool Size=20";

    // setpriv becomes the program, so that the process is the server itself.
    private static string[] AsOwner(params string[] command) =>
        Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={Owner}", $"--regid={Owner}", "--clear-groups", .. command] : command;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static ProcessStartInfo Started(string[] command) => new(command[0], command[1..])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = Path.GetTempPath(),
    };

    private static void Run(params string[] command)
    {
        using var run = Process.Start(Started(command))!;
        var errors = run.StandardError.ReadToEndAsync();
        var output = run.StandardOutput.ReadToEndAsync();
        if (!run.WaitForExit(Patience) || run.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command[0]} failed: {errors.GetAwaiter().GetResult()}{output.GetAwaiter().GetResult()}");
        }
    }
}

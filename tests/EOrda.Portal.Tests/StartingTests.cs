using System.Net;
using System.Net.Sockets;
using EOrda.Actors;
using EOrda.Actors.Sqlite;
using EOrda.Portal.Hosting;
using EOrda.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>What keeps the portal from starting is one line on the error stream, and exit code 1.</summary>
public sealed class StartingTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("--clock: '6:58' is not a time of day written HH:mm.", "--clock", "6:58")]
    [InlineData("--clock: '25:00' is not a time of day written HH:mm.", "--clock=25:00")]
    [InlineData("--clock: demonstration time is for Development only.", "--clock", "06:58")]
    [InlineData("--data: a directory is needed.", "--data", " ")]
    [InlineData("--data: a value is needed. Options: --urls URL, --data DIRECTORY, --clock HH:mm (Development).", "--data")]
    [InlineData("'serve' is not an option. Options: --urls URL, --data DIRECTORY, --clock HH:mm (Development).", "serve")]
    [InlineData("--urls: 'nonsense' is not an address such as http://localhost:5080.", "--urls", "nonsense")]
    [InlineData("--urls: 'ftp://127.0.0.1:5000' is not an address such as http://localhost:5080.", "--urls", "ftp://127.0.0.1:5000")]
    [InlineData("--urls: 'http://127.0.0.1:99999' is not an address such as http://localhost:5080.", "--urls", "http://127.0.0.1:99999")]
    [InlineData("--urls: 'http://127.0.0.1:99999999999' is not an address such as http://localhost:5080.", "--urls", "http://127.0.0.1:99999999999")]
    [InlineData("--urls: 'http://127.0.0.1:0/path' is not an address such as http://localhost:5080.", "--urls", "http://127.0.0.1:0/path")]
    [InlineData("--node:mailboxCapacity: 'many' is not a whole number from 1 to 1000000000.", "--node:mailboxCapacity", "many")]
    [InlineData("--node:mailboxCapacity: '0' is not a whole number from 1 to 1000000000.", "--node:mailboxCapacity", "0")]
    [InlineData("--node:mailbox: there is no such bound.", "--node:mailbox", "5")]
    [InlineData("--node:keyLifetime: '24' is not a time such as 200ms, 5s, 10m or 24h, from 1ms to 720h.", "--node:keyLifetime", "24")]
    [InlineData("--server:requestLine: '1000000' is not a whole number from 64 to 65536.", "--server:requestLine", "1000000")]
    [InlineData("--server:bodyGrace: '1s' is not a time such as 200ms, 5s, 10m or 24h, from 1001ms to 10m.", "--server:bodyGrace", "1s")]
    [InlineData("--admission:requests: '-1' is not a whole number from 16 to 1000000.", "--admission:requests=-1")]
    [InlineData("--live:sendTimeout: '9999999999h' is not a time such as 200ms, 5s, 10m or 24h, from 100ms to 10m.", "--live:sendTimeout", "9999999999h")]
    [InlineData("--urls: 'http://0.0.0.0:5000' is without TLS and reached by others. Use https, or 127.0.0.1 behind a proxy; --insecure if it must be.", "--urls", "http://0.0.0.0:5000")]
    [InlineData("--urls: 'http://*:5000' is without TLS and reached by others. Use https, or 127.0.0.1 behind a proxy; --insecure if it must be.", "--urls", "http://127.0.0.1:0;http://*:5000")]
    [InlineData("--urls: 'http://[::]:5000' is without TLS and reached by others. Use https, or 127.0.0.1 behind a proxy; --insecure if it must be.", "--insecure", "--urls", "http://[::]:5000", "--insecure=false")]
    [InlineData("--Kestrel:Endpoints:Http:Url: 'http://portal:5000' is without TLS and reached by others. Use https, or 127.0.0.1 behind a proxy; --insecure if it must be.", "--Kestrel:Endpoints:Http:Url", "http://portal:5000")]
    [InlineData("--insecure: 'perhaps' is neither 'true' nor 'false'.", "--insecure=perhaps")]
    [InlineData("--origins: 'https://queue.example.kz/page' is not an origin such as https://queue.example.kz.", "--origins", "https://queue.example.kz/page")]
    [InlineData("--proxies: 'everybody' is neither an address nor a network such as 10.1.0.0/16.", "--proxies", "everybody")]
    public async Task A_setting_that_is_not_what_it_should_be_is_named(string message, params string[] options) =>
        Assert.Equal($"The portal could not start: {message}", await Failure(["--environment", "Test", .. options]));

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var line = await Failure("--urls", $"http://{other.LocalEndpoint}", "--data", directory.Path);
        Assert.Equal($"The portal could not start: Failed to bind to address http://{other.LocalEndpoint}: address already in use.", line);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_named() =>
        Assert.StartsWith(
            "The portal could not start: --urls: 'http://192.0.2.1:5000' cannot be listened on: ",
            await Failure("--insecure", "--urls", "http://192.0.2.1:5000", "--data", directory.Path),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_data_directory_that_is_a_file_is_named()
    {
        var file = Path.Combine(directory.Path, "file");
        await File.WriteAllTextAsync(file, "");
        Assert.StartsWith($"The portal could not start: --data: '{file}' cannot be made a directory: ", await Failure("--data", file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_is_none_is_named_and_left_as_it_is()
    {
        var file = Path.Combine(directory.Path, "journal.db");
        await File.WriteAllTextAsync(file, new string('x', 8192));
        var line = await Failure("--urls", "http://127.0.0.1:0", "--data", directory.Path);
        Assert.StartsWith($"The portal could not start: '{file}' is no journal of this program", line, StringComparison.Ordinal);
        Assert.Equal(new string('x', 8192), await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task A_damaged_key_of_the_secrets_is_named()
    {
        var file = Path.Combine(directory.Path, "secret.key");
        await File.WriteAllTextAsync(file, "short");
        Assert.Equal(
            $"The portal could not start: '{file}' is not a key of 32 bytes.",
            await Failure("--urls", "http://127.0.0.1:0", "--data", directory.Path));
    }

    /// <summary>Runs a portal that cannot start, and gives the only line that it tells.</summary>
    private static async Task<string> Failure(params string[] args)
    {
        await using var said = new StringWriter();
        var code = await PortalProcess.RunAsync(
            args,
            async (data, bounds, time, logs) => await Node.Start(SqliteJournal.Open(data), bounds, time, logs),
            said,
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton(new StartupConsole(TextWriter.Null, said));
            });
        Assert.Equal(1, code);
        return Assert.Single(said.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}

using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using EOrda.Actors;
using EOrda.Actors.Hosting;
using EOrda.Actors.Persistence;
using EOrda.Portal.Demonstration;
using EOrda.Portal.Hosting;
using EOrda.Portal.Tests.Support;
using EOrda.Queues;
using EOrda.Queues.Rules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
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
    [InlineData("--data: a value is needed. --help tells every option.", "--data")]
    [InlineData("'serve' is not an option. --help tells every option.", "serve")]
    [InlineData("--dta: there is no such option. --help tells every option.", "--dta", "../prod")]
    [InlineData("--metric: there is no such option. --help tells every option.", "--metric=http://127.0.0.1:9464")]
    [InlineData("--nope: there is no such option. --help tells every option.", "--nope")]
    [InlineData("--admision:requests: there is no such option. --help tells every option.", "--admision:requests", "5")]
    [InlineData("--admission: there is no such option. --help tells every option.", "--admission", "5")]
    [InlineData("--Loging:LogLevel:Default: there is no such option. --help tells every option.", "--Loging:LogLevel:Default", "Debug")]
    [InlineData("--data:: there is no such option. --help tells every option.", "--data:", "../prod")]
    [InlineData("--: there is no such option. --help tells every option.", "--", "5")]
    [InlineData("--urls: 'nonsense' is not an address such as http://localhost:5080.", "--urls", "nonsense")]
    [InlineData("--urls: 'ftp://127.0.0.1:5000' is not an address such as http://localhost:5080.", "--urls", "ftp://127.0.0.1:5000")]
    [InlineData("--urls: 'http://127.0.0.1:99999' is not an address such as http://localhost:5080.", "--urls", "http://127.0.0.1:99999")]
    [InlineData("--urls: 'http://127.0.0.1:99999999999' is not an address such as http://localhost:5080.", "--urls", "http://127.0.0.1:99999999999")]
    [InlineData("--urls: 'http://127.0.0.1:0/path' is not an address such as http://localhost:5080.", "--urls", "http://127.0.0.1:0/path")]
    [InlineData("--node:waiting: 'many' is not a whole number from 1 to 1048576.", "--node:waiting", "many")]
    [InlineData("--node:waiting: '0' is not a whole number from 1 to 1048576.", "--node:waiting", "0")]
    [InlineData("--node:replyTimeout: '1h' is not a time such as 200ms, 5s, 10m or 24h, from 1s to 10m.", "--node:replyTimeout", "1h")]
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
    [InlineData("--metrics: 'local' is not an address such as http://127.0.0.1:9464.", "--metrics", "local")]
    [InlineData("--metrics: 'https://127.0.0.1:9464' is not an address such as http://127.0.0.1:9464.", "--metrics", "https://127.0.0.1:9464")]
    [InlineData("--metrics: 'http://example.org:9464' is not an address such as http://127.0.0.1:9464.", "--metrics", "http://example.org:9464")]
    [InlineData("--metrics: 'http://127.0.0.1:9464/metrics' is not an address such as http://127.0.0.1:9464.", "--metrics", "http://127.0.0.1:9464/metrics")]
    [InlineData("--metrics: 'http://0.0.0.0:9464' is every address of this machine; name one that only the monitoring reaches.", "--metrics", "http://0.0.0.0:9464")]
    [InlineData("--metrics: 'http://[::]:9464' is every address of this machine; name one that only the monitoring reaches.", "--metrics", "http://[::]:9464")]
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
        Assert.StartsWith($"The portal could not start: --data: '{file}' cannot be the data directory: ", await Failure("--data", file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_is_none_is_named_and_left_as_it_is()
    {
        var file = Path.Combine(directory.Path, "journal.db");
        await File.WriteAllTextAsync(file, new string('x', 8192));
        await File.WriteAllBytesAsync(Path.Combine(directory.Path, "secret.key"), RandomNumberGenerator.GetBytes(32));
        var line = await Failure("--urls", "http://127.0.0.1:0", "--data", directory.Path);
        Assert.StartsWith($"The portal could not start: '{file}' is no journal of this program", line, StringComparison.Ordinal);
        Assert.Equal(new string('x', 8192), await File.ReadAllTextAsync(file));
    }

    [Theory]
    [InlineData(0, "is not a key of 32 bytes. Put it back from a backup.")]
    [InlineData(31, "is not a key of 32 bytes. Put it back from a backup.")]
    [InlineData(33, "is not a key of 32 bytes. Put it back from a backup.")]
    [InlineData(32, "is no key: its bytes are all the same. Put it back from a backup.")]
    public async Task A_damaged_key_of_the_secrets_is_named_and_left_as_it_is(int zeros, string fault)
    {
        var file = Path.Combine(directory.Path, "secret.key");
        await File.WriteAllBytesAsync(file, new byte[zeros]);
        Assert.Equal($"The portal could not start: '{file}' {fault}", await Failure("--urls", "http://127.0.0.1:0", "--data", directory.Path));
        Assert.Equal(new byte[zeros], await File.ReadAllBytesAsync(file));
        Assert.False(File.Exists(Path.Combine(directory.Path, "journal.db")));
    }

    [Fact]
    public async Task A_key_that_is_missing_beside_a_journal_is_not_made_anew()
    {
        await FillAsync();
        var line = await Failure("--urls", "http://127.0.0.1:0", "--data", directory.Path);
        Assert.StartsWith($"The portal could not start: '{Path.Combine(directory.Path, "secret.key")}' is missing beside a journal: put it back from a backup.", line, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(directory.Path, "secret.key")));
    }

    [Fact]
    public async Task A_journal_that_is_no_demonstrations_is_not_opened_in_Development()
    {
        await FillAsync();
        var line = await Failure("--environment", "Development", "--urls", "http://127.0.0.1:0", "--data", directory.Path);
        Assert.StartsWith($"The portal could not start: --data: '{directory.Path}' has a journal that is no demonstration's", line, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(directory.Path, DemonstrationMark.Name)));
    }

    [Fact]
    public async Task A_demonstration_is_not_opened_but_in_Development()
    {
        await (await DevelopmentPortal.StartAsync(directory.Path, "--clock", "06:58")).DisposeAsync();
        Assert.True(File.Exists(Path.Combine(directory.Path, DemonstrationMark.Name)));
        var line = await Failure("--environment", "Production", "--urls", "http://127.0.0.1:0", "--data", directory.Path);
        Assert.StartsWith($"The portal could not start: --data: '{directory.Path}' is a demonstration's", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--urls", "http://0.0.0.0:0")]
    [InlineData("--urls", "http://*:0")]
    [InlineData("--urls", "http://[::]:0")]
    [InlineData("--urls", "http://127.0.0.1:0;http://0.0.0.0:0")]
    [InlineData("--Kestrel:Endpoints:Http:Url", "http://0.0.0.0:0")]
    public async Task In_Development_nobody_but_this_machine_may_ask(params string[] options) =>
        Assert.StartsWith(
            "The portal could not start: --urls: in Development the portal gives secrets away",
            await Failure(["--insecure", "--environment", "Development", "--data", directory.Path, .. options]),
            StringComparison.Ordinal);

    [Fact]
    public void Help_tells_every_option()
    {
        using var help = new StringWriter();
        OptionsHelp.Write(help);
        var options = help.ToString().Split('\n').Where(line => line.StartsWith("  --", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0][2..]).ToList();
        var bounds = PortalBounds.Sections.SelectMany(section => section.Value.GetProperties().Select(bound => $"{section.Key}:{char.ToLowerInvariant(bound.Name[0])}{bound.Name[1..]}"));
        Assert.Equal(OptionsHelp.Settings.Select(setting => setting.Name).Concat(bounds), options);

        // Those of the page's table that are written so on the command line.
        var page = Docs.Read("operations.md").Split('\n').SkipWhile(line => line != "## Settings").TakeWhile(line => line != "## Bounds").Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);
        Assert.Empty(page.Where(name => char.IsLower(name[0])).Except(options));
        Assert.Equal(["urls", "data", "database", "metrics", "proxies", "origins", "first-administrator", "recover-administrator", "insecure", "environment", "clock", "rehearsal"], options.Where(name => !name.Contains(':', StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_option_that_help_or_the_page_tells_of_is_known()
    {
        string[] others = ["AllowedHosts", "Logging:LogLevel:Default", "Logging:Console:FormatterName", "Kestrel:Endpoints:Http:Url", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_TRACES_SAMPLER"];
        var bounds = PortalBounds.Sections.SelectMany(section => section.Value.GetProperties().Select(bound => $"{section.Key}:{bound.Name}"));
        string[] args = [.. OptionsHelp.Settings.Select(setting => setting.Name).Concat(bounds).Concat(others).Select(name => $"--{name}=5")];
        Assert.Equal(args, CommandLine.Read(args));
        Assert.Equal(["--DATA", "somewhere"], CommandLine.Read(["--DATA", "somewhere"]));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("--data", "somewhere", "--help")]
    public void Help_is_asked_for_in_the_usual_words(params string[] args) => Assert.True(CommandLine.AsksForHelp(args));

    private async Task FillAsync()
    {
        await using var node = await ActorsNode.StartAsync(new ActorsOptions { Database = Database.Sqlite(directory.Path) }, TimeProvider.System, NullLoggerFactory.Instance);
        await node.Queues.Ask(new SetRules("aktau", new RulesDraft { TimeZone = "Asia/Aqtau" }), new CommandKey(1));
    }

    /// <summary>Runs a portal that cannot start, and gives the only line that it tells.</summary>
    private static async Task<string> Failure(params string[] args)
    {
        await using var said = new StringWriter();
        var code = await PortalProcess.RunAsync(
            args,
            OwnNode.StartAsync,
            said,
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton(new StartupConsole(TextWriter.Null, said));
            }).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(1, code);
        return Assert.Single(said.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}

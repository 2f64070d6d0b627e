using System.Collections.Concurrent;
using EOrda.Notices.Delivery;
using EOrda.Notices.Gateways;
using EOrda.Notices.Kinds;
using EOrda.Notices.Outbox;
using EOrda.Queues.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EOrda.Notices.Tests;

/// <summary>The room as the portal puts it together.</summary>
public sealed class Rooms : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory("room-").FullName;

    [Fact]
    public async Task A_fact_becomes_files_and_no_log_has_a_phone_an_address_or_a_text()
    {
        var logs = new Logs();
        using var host = Host(logs);
        await host.Services.MigrateNoticesAsync(CancellationToken.None);
        await host.StartAsync();
        await EnqueueAsync(host, 1);
        await UntilAsync(async () => (await host.Services.GetRequiredService<FileOutbox>().LatestAsync(10, CancellationToken.None)).Count == 2);

        // The disk refuses from now on, so that faults are logged too.
        Directory.Delete(Path.Combine(_directory, "outbox"), recursive: true);
        await EnqueueAsync(host, 2);
        await UntilAsync(() => Task.FromResult(logs.Lines.Any(line => line.StartsWith("310 ", StringComparison.Ordinal))));
        await host.StopAsync();
        Assert.All(logs.Lines, line =>
        {
            Assert.DoesNotContain("7701", line, StringComparison.Ordinal);
            Assert.DoesNotContain("parent@", line, StringComparison.Ordinal);
            Assert.DoesNotContain("Поставлено", line, StringComparison.Ordinal);
            Assert.DoesNotContain(Sample.Application, line, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_database_that_is_away_ends_no_loop_and_is_said()
    {
        var logs = new Logs();
        using var host = Host(logs);
        await host.StartAsync();
        await UntilAsync(() => Task.FromResult(logs.Lines.Any(line => line.StartsWith("311 ", StringComparison.Ordinal))));
        await host.StopAsync();
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task EnqueueAsync(IHost host, long number)
    {
        var values = new Dictionary<string, NoticeValue>(StringComparer.Ordinal) { ["application"] = new NumberValue(Sample.Application), ["position"] = new CountValue(7) };
        var fact = new NoticeFact("queue/almaty/general/2022", number, NoticeKind.Queued, "person-1", Moment.From(TimeProvider.System.GetUtcNow()), values);
        await host.Services.GetRequiredService<INoticeOutbox>().EnqueueAsync([fact], CancellationToken.None);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await isSo())
            await Task.Delay(50, limit.Token);
    }

    private IHost Host(Logs logs)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<IAddressees>(new AddressBook());
        builder.Services.AddNotices(new NoticesOptions { File = Path.Combine(_directory, "notices.db"), FileOutbox = Path.Combine(_directory, "outbox") });
        return builder.Build();
    }

    private sealed class Logs : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{eventId.Id} {formatter(state, exception)} {exception}");

        public void Dispose() => Lines.Enqueue("0 the end");
    }
}

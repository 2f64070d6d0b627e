using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EOrda.Actors;
using EOrda.Actors.Hosting;
using EOrda.Portal.Hosting;
using EOrda.Portal.Secrets;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace EOrda.Portal.Tests.Support;

/// <summary>
/// A portal on a port of its own, on a journal of its own, on the test's clock. It is 06:00 in Almaty on Wednesday 10 June 2026; the queues
/// general/2022 and general/2023 have families and places, locked until 07:00.
/// </summary>
public sealed class TestPortal : IAsyncLifetime, IAsyncDisposable
{
    /// <summary>The queue in which most tests happen.</summary>
    public const string Queue = "almaty/general/2022";

    /// <summary>Its neighbour.</summary>
    public const string NextQueue = "almaty/general/2023";

    private static readonly DateTimeOffset Afternoon = new(2026, 6, 9, 15, 0, 0, TimeSpan.FromHours(5));

    private readonly StringWriter said = new();
    private WebApplication? app;
    private WatchedNode? node;
    private NodeHost? host;
    private long keys;

    /// <summary>The clock.</summary>
    internal FakeTimeProvider Clock { get; } = new(Afternoon);

    /// <summary>The node.</summary>
    internal WatchedNode Node => node!;

    /// <summary>The data directory.</summary>
    internal string Data { get; init; } = Path.Combine(Path.GetTempPath(), "eorda-portal-" + Guid.NewGuid().ToString("N"));

    /// <summary>True when another portal goes on with the data directory.</summary>
    internal bool KeepData { get; init; }

    /// <summary>The exit code.</summary>
    internal int ExitCode => host!.ExitCode;

    /// <summary>What the portal told the person who started it.</summary>
    internal string Said => said.ToString();

    /// <summary>A client without any header of its own.</summary>
    internal HttpClient Http { get; private set; } = null!;

    /// <summary>The portal's services.</summary>
    internal IServiceProvider Services => app!.Services;

    /// <summary>Further options of the command line. An application may ask as fast as a test does, unless one says otherwise.</summary>
    internal string[] Options { get; init; } = [];

    /// <summary>What is put in place of something.</summary>
    internal Action<WebApplicationBuilder> Adjust { get; init; } = _ => { };

    /// <summary>Waited for before the node is started.</summary>
    internal Task BeforeStart { get; init; } = Task.CompletedTask;

    /// <summary>Waits until the portal is ready and families and places are there, at 06:00.</summary>
    public async Task InitializeAsync()
    {
        await StartAsync();
        await ReadyAsync();
        await FillAsync();
        Clock.SetUtcNow(Afternoon.AddHours(15));
        await RulesAreKnownAsync();
    }

    /// <summary>Starts to listen.</summary>
    internal async Task StartAsync()
    {
        app = PortalApplication.Build(
            ["--urls", "http://127.0.0.1:0", "--data", Data, "--environment", "Test", "--admission:applicationRate", "100000", "--admission:applicationBurst", "100000", "--admission:applicationRequests", "100000", .. Options],
            StartNode,
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton(new StartupConsole(said, said));
                Adjust(builder);
            });
        host = app.Services.GetRequiredService<NodeHost>();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Http = new HttpClient { BaseAddress = new Uri(address) };
    }

    /// <summary>Waits until the portal is ready.</summary>
    internal Task ReadyAsync() => host!.ExecuteTask!.WaitAsync(TimeSpan.FromMinutes(2));

    /// <summary>Stops the portal as a signal would.</summary>
    internal Task StopAsync() => app!.StopAsync();

    /// <summary>Waits until the portal has begun to stop.</summary>
    internal Task StoppingAsync() => Signalled(app!.Lifetime.ApplicationStopping);

    /// <summary>Waits until the portal has begun to stop by itself, and stops it.</summary>
    internal async Task StoppedAsync()
    {
        await StoppingAsync();
        await StopAsync();
    }

    /// <summary>Waits until the node knows the rules in force at the clock's time, which it asks for when the clock has jumped.</summary>
    internal async Task RulesAreKnownAsync() => await Node.Directory();

    /// <summary>Moves the clock to a time of the local day, 10 June, or of one after it.</summary>
    internal void ItIs(int hour, int minute = 0, int day = 10) => Clock.SetUtcNow(new DateTimeOffset(2026, 6, day, hour, minute, 0, TimeSpan.FromHours(5)));

    /// <summary>An application's secret.</summary>
    internal string SecretOf(string application) => app!.Services.GetRequiredService<ApplicationSecrets>().Of(application);

    /// <summary>An application's address.</summary>
    internal static string AddressOf(string application, string queue = Queue) => $"/api/queues/{queue}/applications/{application}";

    /// <summary>A command of an application with its secret and a key of its own, unless another is given.</summary>
    internal HttpRequestMessage Request(HttpMethod method, string application, string path, string? body = null, string? key = null, string queue = Queue)
    {
        var request = new HttpRequestMessage(method, AddressOf(application, queue) + path);
        request.Headers.Authorization = new("Bearer", SecretOf(application));
        request.Headers.Add("Idempotency-Key", key ?? $"key-{Interlocked.Increment(ref keys)}");
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return request;
    }

    /// <summary>Sends a command of an application.</summary>
    internal async Task<Reply> Ask(HttpMethod method, string application, string path, string? body = null, string? key = null, string queue = Queue)
    {
        using var request = Request(method, application, path, body, key, queue);
        return await Send(request);
    }

    /// <summary>Reserves a place.</summary>
    internal Task<Reply> Reserve(string application, string place, string? key = null) =>
        Ask(HttpMethod.Post, application, "/reservation", $$"""{"place":"{{place}}"}""", key);

    /// <summary>Looks something up.</summary>
    internal async Task<Reply> Get(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await Send(request);
    }

    /// <summary>Looks an application up as its owner does, with its secret, unless another is given.</summary>
    internal async Task<Reply> Own(string application, string query = "", string? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(application) + query);
        request.Headers.TryAddWithoutValidation("Authorization", authorization ?? $"Bearer {SecretOf(application)}");
        return await Send(request);
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    internal async Task<Reply> Send(HttpRequestMessage request)
    {
        var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Reply(response, text);
    }

    /// <summary>Has the node decide a command that no route asks for.</summary>
    internal async Task<Answer> Order(Command command) =>
        await node!.Ask(command, new CommandKey((UInt128)Interlocked.Increment(ref keys)));

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app!.StopAsync();
        await app.DisposeAsync();
        await said.DisposeAsync();
        if (!KeepData && Directory.Exists(Data))
        {
            Directory.Delete(Data, recursive: true);
        }
    }

    private static async Task Signalled(CancellationToken token)
    {
        var signalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(signalled.SetResult);
        await signalled.Task.WaitAsync(TimeSpan.FromMinutes(2), CancellationToken.None);
    }

    private async Task<INode> StartNode(PortalSettings settings, ActorsBounds bounds, TimeProvider time, ILoggerFactory logs, CancellationToken cancel)
    {
        await BeforeStart;
        return node = new WatchedNode(await OwnNode.StartAsync(settings, bounds, Clock, logs, cancel));
    }

    private async Task FillAsync()
    {
        await Order(new SetRules("almaty", new RulesDraft { TimeZone = "Asia/Almaty" }));
        foreach (var (kindergarten, kind) in new[] { ("k-1", Kind.General), ("k-2", Kind.General), ("k-3", Kind.Special) })
        {
            await Order(new RegisterKindergarten(kindergarten, "almaty", kind));
        }

        for (var i = 1; i <= 9; i++)
        {
            await File($"A-{i}", Queue, i == 9 ? Category.FirstPriority : Category.General, new LocalDate(2022, 2, i));
        }

        await File("T-1", Queue, Category.General, new LocalDate(2022, 12, 25), "family T");
        await File("T-2", NextQueue, Category.General, new LocalDate(2023, 1, 5), "family T");
        await File("S-1", "almaty/special/2022", Category.General, new LocalDate(2022, 3, 3));
        foreach (var (place, kindergarten, queue) in new[] { ("P-1", "k-1", Queue), ("P-2", "k-1", Queue), ("P-3", "k-2", Queue), ("N-1", "k-1", NextQueue) })
        {
            await Order(new FreePlace(place, kindergarten, queue, Age: null));
        }
    }

    private async Task File(string application, string queue, Category category, LocalDate born, string? family = null) =>
        Assert.IsType<Standing>(await Order(new Submit(queue, application, $"secret-child-{application}", born, family ?? $"secret-parent-{application}", category, Moment.From(Afternoon.AddDays(-1)), UnderReview: false)));
}

/// <summary>An answer of the portal.</summary>
internal sealed record Reply(HttpResponseMessage Response, string Text)
{
    /// <summary>The status.</summary>
    public int Status => (int)Response.StatusCode;

    /// <summary>The body.</summary>
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The word of the problem.</summary>
    public string? Reason => Json.GetProperty("reason").GetString();

    /// <summary>A header; null when it is not there.</summary>
    public string? Header(string name) => Response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}

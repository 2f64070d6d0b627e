using System.Collections.Concurrent;
using EOrda.Load.Scenarios;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EOrda.Load.Runs;

/// <summary>
/// The coordinator's side of a run that several processes share: workers join, ask for their next order, tell how far they are, and hand in what came of
/// it, all over HTTP. An assignment holds secrets, so it listens on this machine unless another is permitted in writing.
/// </summary>
internal sealed class SharedRun : IAsyncDisposable
{
    /// <summary>The largest answer of a worker, in bytes.</summary>
    public const long LargestAnswer = 1L << 30;

    private static readonly TimeSpan OrderPatience = TimeSpan.FromSeconds(10);

    private readonly WebApplication app;
    private readonly RemotePart[] parts;
    private readonly Func<int, Assignment> assign;
    private readonly TaskCompletionSource complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int joined;

    private SharedRun(WebApplication app, int workers, Func<int, Assignment> assign)
    {
        (this.app, this.assign) = (app, assign);
        parts = [.. Enumerable.Range(0, workers).Select(_ => new RemotePart())];
    }

    /// <summary>The workers' parts.</summary>
    public IReadOnlyList<IPart> Parts => parts;

    /// <summary>Where workers find it.</summary>
    public Uri Address => new(app.Urls.Single());

    /// <summary>Begins to listen.</summary>
    /// <param name="address">Where.</param>
    /// <param name="permission">What the operator wrote to listen elsewhere than on this machine.</param>
    /// <param name="workers">How many are to join.</param>
    /// <param name="assign">Makes a worker's assignment.</param>
    /// <exception cref="ScenarioException">The address is not permitted.</exception>
    public static async Task<SharedRun> ListenAsync(Uri address, string? permission, int workers, Func<int, Assignment> assign)
    {
        Permission.Check(address, permission);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.GetLeftPart(UriPartial.Authority)).ConfigureKestrel(server => server.Limits.MaxRequestBodySize = LargestAnswer);
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            foreach (var converter in ScenarioFile.Json.Converters)
            {
                options.SerializerOptions.Converters.Add(converter);
            }
        });
        var run = new SharedRun(builder.Build(), workers, assign);
        run.Map();
        await run.app.StartAsync();
        return run;
    }

    /// <summary>Waits until all workers have joined.</summary>
    public Task JoinedAsync(CancellationToken cancel) => complete.Task.WaitAsync(cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var part in parts)
        {
            await part.DisposeAsync();
        }

        // The last order, to go home, is fetched before the listening ends.
        await Task.WhenAny(Task.WhenAll(parts.Select(p => p.Dismissed)), Task.Delay(OrderPatience));
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private void Map()
    {
        app.MapPost("/join", () =>
        {
            var number = Interlocked.Increment(ref joined) - 1;
            if (number >= parts.Length)
            {
                return Results.Conflict();
            }

            if (number == parts.Length - 1)
            {
                complete.TrySetResult();
            }

            return Results.Ok(assign(number));
        });
        app.MapGet("/orders/{part:int}/{number:int}", async (int part, int number, CancellationToken cancel) =>
            PartOf(part) is not { } found ? Results.NotFound()
            : await found.OrderAsync(number, OrderPatience, cancel) is { } order ? Results.Ok(order)
            : Results.NoContent());
        app.MapPost("/progress/{part:int}", (int part, PartProgress progress) =>
        {
            if (PartOf(part) is not { } found)
            {
                return Results.NotFound();
            }

            found.Heard(progress);
            return Results.NoContent();
        });
        app.MapPost("/answers/{part:int}/{number:int}", (int part, int number, PartAnswer answer) => PartOf(part)?.Answer(number, answer) == true ? Results.NoContent() : Results.Conflict());
        app.MapPost("/failures/{part:int}", (int part, Failure failure) =>
        {
            PartOf(part)?.Fail(failure.Reason);
            return Results.NoContent();
        });
    }

    private RemotePart? PartOf(int number) => number >= 0 && number < parts.Length ? parts[number] : null;
}

/// <summary>Why a worker gave up.</summary>
internal sealed record Failure(string Reason);

/// <summary>An order as it is fetched: null order means to go home.</summary>
internal sealed record FetchedOrder(Order? Order);

/// <summary>A worker's part, as the coordinator sees it.</summary>
internal sealed class RemotePart : IPart
{
    private static readonly TimeSpan SilentTooLong = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<int, TaskCompletionSource<FetchedOrder>> orders = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<PartAnswer>> answers = new();
    private readonly TaskCompletionSource dismissed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PartProgress? progress;
    private long heard = Environment.TickCount64;
    private int given;

    /// <inheritdoc/>
    public PartProgress? Progress => Volatile.Read(ref progress);

    /// <summary>Done when the worker has been told to go home.</summary>
    public Task Dismissed => given == 0 ? Task.CompletedTask : dismissed.Task;

    /// <inheritdoc/>
    public async Task<PartAnswer> DoAsync(Order order, CancellationToken cancel)
    {
        var number = ++given;
        OrderNumbered(number).SetResult(new FetchedOrder(order));
        var answer = AnswerNumbered(number).Task;
        while (true)
        {
            var done = await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(1), cancel));
            if (done == answer)
            {
                return await answer;
            }

            cancel.ThrowIfCancellationRequested();
            if (Environment.TickCount64 - Volatile.Read(ref heard) > SilentTooLong.TotalMilliseconds)
            {
                throw new IOException("a worker has not been heard of for a minute");
            }
        }
    }

    /// <summary>Gives an order when it is there; null when it is not within the time.</summary>
    public async Task<FetchedOrder?> OrderAsync(int number, TimeSpan patience, CancellationToken cancel)
    {
        Volatile.Write(ref heard, Environment.TickCount64);
        try
        {
            var order = await OrderNumbered(number).Task.WaitAsync(patience, cancel);
            if (order.Order is null)
            {
                dismissed.TrySetResult();
            }

            return order;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>The worker tells how far it is.</summary>
    public void Heard(PartProgress told)
    {
        Volatile.Write(ref heard, Environment.TickCount64);
        Volatile.Write(ref progress, told);
    }

    /// <summary>The worker hands in what came of an order.</summary>
    /// <returns>False when it was handed in before, or never given.</returns>
    public bool Answer(int number, PartAnswer answer) => number >= 1 && number <= given && AnswerNumbered(number).TrySetResult(answer);

    /// <summary>The worker gives up.</summary>
    public void Fail(string reason) => AnswerNumbered(given).TrySetException(new IOException($"a worker gave up: {reason}"));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        OrderNumbered(given + 1).TrySetResult(new FetchedOrder(Order: null));
        return ValueTask.CompletedTask;
    }

    private TaskCompletionSource<FetchedOrder> OrderNumbered(int number) =>
        orders.GetOrAdd(number, _ => new TaskCompletionSource<FetchedOrder>(TaskCreationOptions.RunContinuationsAsynchronously));

    private TaskCompletionSource<PartAnswer> AnswerNumbered(int number) =>
        answers.GetOrAdd(number, _ => new TaskCompletionSource<PartAnswer>(TaskCreationOptions.RunContinuationsAsynchronously));
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EOrda.Load.Measures;

namespace EOrda.Load.Portal;

/// <summary>The portal's public HTTP API. Safe for use by several threads.</summary>
internal sealed class PortalApi : IDisposable
{
    /// <summary>How long an answer is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int LargestAnswer = 4 << 20;
    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    private readonly HttpClient http;
    private readonly RawConnections commands;
    private readonly Budget budget;

    /// <summary>Makes a client; nothing is connected yet.</summary>
    /// <param name="address">The portal.</param>
    /// <param name="connections">Connections at most, for commands and for everything else each.</param>
    /// <param name="budget">The requests that may be sent.</param>
    public PortalApi(Uri address, int connections, Budget budget)
    {
        this.budget = budget;
        Address = address;
        commands = new RawConnections(address, connections, Patience);
        http = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = connections,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
        })
        {
            BaseAddress = address,
            Timeout = Patience,
            MaxResponseContentBufferSize = LargestAnswer,
        };
    }

    /// <summary>The portal.</summary>
    public Uri Address { get; }

    /// <summary>An application's address.</summary>
    public static string AddressOf(Credential who) => $"/api/queues/{who.Queue}/applications/{who.Application}";

    /// <summary>Opens the connections for commands before they are needed.</summary>
    public Task WarmAsync() => commands.WarmAsync();

    /// <summary>Sends a command, over a connection that costs as little as can be. A request that nobody answers is an answer too, with the status 0.</summary>
    public Task<Reply> CommandAsync(HttpMethod method, string path, string secret, string key, byte[]? body, CancellationToken cancel)
    {
        budget.Take();
        return commands.SendAsync(method.Method, path, secret, key, body, cancel);
    }

    /// <summary>Measures the server's clock.</summary>
    /// <exception cref="PortalException">It does not answer.</exception>
    public async Task<ServerClock> MeasureClockAsync(int samples, CancellationToken cancel)
    {
        var best = new ServerClock(0, double.MaxValue);
        for (var i = 0; i < samples; i++)
        {
            var asked = Ticker.Now;
            var reply = await SendAsync(HttpMethod.Get, "/api/time", cancel: cancel);
            var answered = Ticker.Now;
            best = best.Or(ServerClock.Of(asked, answered, reply.Read(ContractsJson.Default.TimeAnswer).Now.ToUnixTimeMilliseconds()));
        }

        return best;
    }

    /// <summary>Looks something up.</summary>
    /// <exception cref="PortalException">It is not answered with 200.</exception>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancel) =>
        (await SendAsync(HttpMethod.Get, path, cancel: cancel)).Read(type);

    /// <summary>Looks an application up as its owner does, with its secret.</summary>
    /// <exception cref="PortalException">It is not answered with 200.</exception>
    public async Task<ApplicationAnswer> OwnAsync(Credential who, CancellationToken cancel) =>
        (await SendAsync(HttpMethod.Get, $"{AddressOf(who)}?changes=0", who.Secret, cancel: cancel)).Read(ContractsJson.Default.ApplicationAnswer);

    /// <summary>Sends a request, and reads the whole answer. A request that nobody answers is an answer too, with the status 0.</summary>
    public Task<Reply> SendAsync(HttpMethod method, string path, string? secret = null, string? key = null, byte[]? body = null, CancellationToken cancel = default) =>
        SendAsync(method, path, secret, key, body, tag: null, cancel);

    /// <summary>Looks something up unless it is what is known already, as a browser does: the answer is 304 then.</summary>
    /// <param name="path">What.</param>
    /// <param name="tag">The <see cref="Reply.Tag"/> of what is known; null when nothing is.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<Reply> PollAsync(string path, string? tag, CancellationToken cancel) => SendAsync(HttpMethod.Get, path, secret: null, key: null, body: null, tag, cancel);

    /// <inheritdoc/>
    public void Dispose()
    {
        http.Dispose();
        commands.Dispose();
    }

    private async Task<Reply> SendAsync(HttpMethod method, string path, string? secret, string? key, byte[]? body, string? tag, CancellationToken cancel)
    {
        budget.Take();
        using var request = new HttpRequestMessage(method, path);
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        if (secret is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + secret);
        }

        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = JsonType;
        }

        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancel);
            var content = await response.Content.ReadAsByteArrayAsync(cancel);
            return new Reply((int)response.StatusCode, content, response.Headers.RetryAfter?.Delta, Failure: null) { Tag = response.Headers.ETag?.ToString() };
        }
        catch (HttpRequestException e)
        {
            return new Reply(0, [], RetryAfter: null, e.InnerException is SocketException socket ? $"no answer: {socket.SocketErrorCode}" : $"no answer: {e.HttpRequestError}");
        }
        catch (SocketException e)
        {
            // Thrown as it is when the other side resets a connection before it is used.
            return new Reply(0, [], RetryAfter: null, $"no answer: {e.SocketErrorCode}");
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Reply(0, [], RetryAfter: null, "no answer in time");
        }
    }
}

/// <summary>An answer.</summary>
/// <param name="Status">The HTTP status; 0 when there was none.</param>
/// <param name="Body">The whole body.</param>
/// <param name="RetryAfter">When to ask again, if it says so.</param>
/// <param name="Failure">Why there was no answer.</param>
internal sealed record Reply(int Status, byte[] Body, TimeSpan? RetryAfter, string? Failure)
{
    /// <summary>What the answer is known by (<c>ETag</c>); null when it is known by nothing.</summary>
    public string? Tag { get; init; }

    /// <summary>How many places a refusal says that the queue has left (<c>Places-Available</c>); null when it does not say.</summary>
    public int? PlacesAvailable { get; init; }

    /// <summary>The word of a problem; null where the body tells none.</summary>
    public string? Reason
    {
        get
        {
            try
            {
                return Body.Length == 0 ? null : JsonSerializer.Deserialize(Body, ContractsJson.Default.ProblemAnswer)?.Reason;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>The value of a 200.</summary>
    /// <exception cref="PortalException">It is another answer.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        if (Status != (int)HttpStatusCode.OK)
        {
            throw new PortalException($"the portal answered {Status} {Failure ?? Reason}");
        }

        try
        {
            return JsonSerializer.Deserialize(Body, type) ?? throw new PortalException("the portal answered null");
        }
        catch (JsonException e)
        {
            throw new PortalException($"the portal's answer cannot be read: {e.Message}");
        }
    }
}

/// <summary>The portal did not answer what it should.</summary>
internal sealed class PortalException(string message) : Exception(message);

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EOrda.Identifiers;
using EOrda.Integrations.Registers;
using EOrda.Queues.Time;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace EOrda.Integrations.Http;

/// <summary>
/// Asks one register: POST of <c>{"iin":"…"}</c> to the question's address, answered 200 with <c>{"found":true|false,…}</c>. Everything else is no answer.
/// Time-outs, retries and the circuit breaker are the client's.
/// </summary>
internal sealed class RegisterClient(string register, HttpClient? client, RegisterOptions? options, TimeProvider clock)
{
    /// <summary>The most bytes of an answer.</summary>
    public const int LargestAnswer = 64 * 1024;

    /// <summary>The name of a register's HTTP client.</summary>
    public static string ClientOf(string register) => $"eorda-register-{register}";

    public async Task<RegisterReply<TAnswer>> AskAsync<TWire, TAnswer>(
        string question,
        Iin about,
        JsonTypeInfo<TWire> type,
        Func<TWire, TAnswer?> read,
        CancellationToken cancellation)
        where TWire : Wire
        where TAnswer : class
    {
        var asked = Now;
        var (wire, fault) = client is null ? (null, RegisterWords.NotConnected) : await SendAsync(client, question, about, type, cancellation);
        var answer = wire is { Found: true } ? read(wire) : null;
        if (wire is { Found: true } && answer is null)
            fault = RegisterWords.NotUnderstood;
        var outcome = fault is not null ? RegisterOutcome.NotAnswered : answer is null ? RegisterOutcome.NotFound : RegisterOutcome.Found;
        var kept = answer is null ? null : JsonSerializer.Serialize(wire!, type);
        return new RegisterReply<TAnswer>(new RegisterInquiry(register, question, about, asked, Now, outcome, fault, kept), answer);
    }

    private Moment Now => Moment.From(clock.GetUtcNow());

    private async Task<(TWire? Wire, string? Fault)> SendAsync<TWire>(HttpClient http, string question, Iin about, JsonTypeInfo<TWire> type, CancellationToken cancellation)
        where TWire : Wire
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{options!.Address.ToString().TrimEnd('/')}/{question}");
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new Question(about.Digits), WireContext.Default.Question));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Authorization = options.Authorization;
            using var response = await http.SendAsync(request, cancellation);
            if (response.StatusCode != HttpStatusCode.OK)
                return (null, $"http-{(int)response.StatusCode}");
            var wire = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellation), type);
            return wire is null ? (null, RegisterWords.NotUnderstood) : (wire, null);
        }
        catch (JsonException)
        {
            return (null, RegisterWords.NotUnderstood);
        }
        catch (BrokenCircuitException)
        {
            return (null, RegisterWords.LetAlone);
        }
        catch (TimeoutRejectedException)
        {
            return (null, RegisterWords.TimeOut);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, RegisterWords.TimeOut);
        }
        catch (HttpRequestException e)
        {
            return (null, e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded ? "answer-too-large" : RegisterWords.NoConnection);
        }
    }
}

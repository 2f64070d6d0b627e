using System.Net;
using System.Text;
using System.Text.Json;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace EOrda.Notices.Gateways;

/// <summary>An SMS gateway over HTTP. It makes one attempt a call; the outbox makes the others. Time-out and circuit breaker are the client's.</summary>
internal sealed class HttpSmsGateway(HttpClient client, HttpSmsOptions options) : ISmsGateway
{
    /// <summary>The name of the HTTP client.</summary>
    public const string Client = "eorda-sms";

    private const int LargestAnswer = 16 * 1024;

    public async Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Address.Replace("{id}", Uri.EscapeDataString(message.Id), StringComparison.Ordinal));
        request.Content = new StringContent(BodyOf(message), Encoding.UTF8, options.ContentType);
        request.Headers.Authorization = options.Authorization;
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return response.IsSuccessStatusCode ? await ReadYesAsync(response, cancellation) : FaultOf(response);
        }
        catch (BrokenCircuitException)
        {
            return new SendResult(SendOutcome.Busy, "circuit-open");
        }
        catch (TimeoutRejectedException)
        {
            return new SendResult(SendOutcome.Unknown, "time-out");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SendResult(SendOutcome.Unknown, "time-out");
        }
        catch (HttpRequestException e)
        {
            return WasSent(e.HttpRequestError) ? new SendResult(SendOutcome.Unknown, "no-answer") : new SendResult(SendOutcome.Faulty, "no-connection");
        }
        catch (IOException)
        {
            return new SendResult(SendOutcome.Unknown, "answer-cut");
        }
    }

    private static bool WasSent(HttpRequestError error) =>
        error is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError);

    private async Task<SendResult> ReadYesAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (options.AcceptedWhen is null)
            return SendResult.Accepted;
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[LargestAnswer];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return Encoding.UTF8.GetString(buffer, 0, length).Contains(options.AcceptedWhen, StringComparison.Ordinal)
            ? SendResult.Accepted
            : new SendResult(SendOutcome.Unknown, "answer-not-understood");
    }

    private SendResult FaultOf(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var fault = $"http-{status}";
        if (options.UnreachableStatuses.Contains(status))
            return new SendResult(SendOutcome.Unreachable, fault);
        return response.StatusCode switch
        {
            // The gateway knows the id: an attempt before this one arrived.
            HttpStatusCode.Conflict => SendResult.Accepted,
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => new SendResult(SendOutcome.Busy, fault, response.Headers.RetryAfter?.Delta),
            HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => new SendResult(SendOutcome.Unknown, fault),
            _ => new SendResult(SendOutcome.Faulty, fault),
        };
    }

    private string BodyOf(SmsMessage message)
    {
        Func<string, string> escape = options.ContentType == HttpSmsOptions.Form ? Uri.EscapeDataString : text => JsonEncodedText.Encode(text).ToString();
        return Filled(options.Body, name => name switch
        {
            "id" => escape(message.Id),
            "phone" => escape(message.To.International),
            "digits" => escape(message.To.International[1..]),
            "text" => escape(message.Text),
            _ => null,
        });
    }

    /// <summary>Fills placeholders in one pass, so that a text with a placeholder in it stays a text.</summary>
    private static string Filled(string template, Func<string, string?> valueOf)
    {
        var filled = new StringBuilder();
        var at = 0;
        while (at < template.Length)
        {
            var close = template[at] == '{' ? template.IndexOf('}', at) : -1;
            if (close > 0 && valueOf(template[(at + 1)..close]) is { } value)
            {
                filled.Append(value);
                at = close + 1;
            }
            else
            {
                filled.Append(template[at++]);
            }
        }

        return filled.ToString();
    }
}

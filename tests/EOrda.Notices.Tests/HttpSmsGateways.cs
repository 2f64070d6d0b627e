using System.Text;
using EOrda.Doubles;
using EOrda.Identifiers;
using EOrda.Notices.Gateways;
using Microsoft.Extensions.DependencyInjection;

namespace EOrda.Notices.Tests;

public sealed class HttpSmsGateways : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly SmsMessage Message = new("0123abcd", PhoneNumber.Parse("+77010000042"), "Орын \"07:10-ға дейін\" & {phone}\nМесто");

    private readonly HttpDouble _server = new();
    private readonly List<ServiceProvider> _built = [];

    [Fact]
    public async Task A_message_is_posted_once_with_its_id_phone_and_text_as_JSON()
    {
        var gateway = Gateway(options => options with { User = "city", Secret = "key" });
        Assert.Equal(SendResult.Accepted, await SendAsync(gateway));
        var request = Assert.Single(_server.Requests);
        Assert.StartsWith("POST / HTTP/1.1", request, StringComparison.Ordinal);
        Assert.Contains($"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("city:key"))}", request, StringComparison.Ordinal);
        using var body = System.Text.Json.JsonDocument.Parse(request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.Equal(("0123abcd", "+77010000042", Message.Text), (body.RootElement.GetProperty("id").GetString(), body.RootElement.GetProperty("to").GetString(), body.RootElement.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task A_gateway_that_wants_a_form_gets_one_and_a_bearer_token()
    {
        var gateway = Gateway(options => options with { Address = $"{_server.Address}send/{{id}}", Body = "to={digits}&text={text}", ContentType = HttpSmsOptions.Form, Secret = "token" });
        await SendAsync(gateway);
        var request = Assert.Single(_server.Requests);
        Assert.StartsWith("POST /send/0123abcd ", request, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer token", request, StringComparison.Ordinal);
        Assert.EndsWith($"to=77010000042&text={Uri.EscapeDataString(Message.Text)}", request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, SendOutcome.Accepted)]
    [InlineData(202, SendOutcome.Accepted)]
    [InlineData(409, SendOutcome.Accepted)]
    [InlineData(404, SendOutcome.Unreachable)]
    [InlineData(410, SendOutcome.Unreachable)]
    [InlineData(422, SendOutcome.Unreachable)]
    [InlineData(400, SendOutcome.Faulty)]
    [InlineData(401, SendOutcome.Faulty)]
    [InlineData(500, SendOutcome.Faulty)]
    [InlineData(302, SendOutcome.Faulty)]
    [InlineData(502, SendOutcome.Unknown)]
    [InlineData(504, SendOutcome.Unknown)]
    [InlineData(429, SendOutcome.Busy)]
    [InlineData(503, SendOutcome.Busy)]
    public async Task A_status_says_what_came_of_it(int status, SendOutcome outcome)
    {
        _server.Always(HttpDouble.Status(status));
        var result = await SendAsync(Gateway());
        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(outcome == SendOutcome.Accepted ? null : $"http-{status}", result.Fault);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task A_gateway_that_points_elsewhere_is_not_followed()
    {
        _server.Answer = (request, _) => Task.FromResult<string?>(request.Contains("/elsewhere", StringComparison.Ordinal) ? HttpDouble.Status(200) : HttpDouble.Status(302, "", "Location: /elsewhere"));
        Assert.Equal(new SendResult(SendOutcome.Faulty, "http-302"), await SendAsync(Gateway()));
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task A_gateway_that_has_enough_says_for_how_long()
    {
        _server.Always(HttpDouble.Status(429, "", "Retry-After: 120"));
        Assert.Equal(new SendResult(SendOutcome.Busy, "http-429", TimeSpan.FromSeconds(120)), await SendAsync(Gateway()));
    }

    [Fact]
    public async Task A_gateway_that_is_slow_leaves_the_outcome_unknown()
    {
        _server.Silent();
        Assert.Equal(new SendResult(SendOutcome.Unknown, "time-out"), await SendAsync(Gateway(options => options with { Timeout = TimeSpan.FromSeconds(1) })));
    }

    [Fact]
    public async Task A_gateway_that_hangs_up_leaves_the_outcome_unknown()
    {
        _server.Always(null);
        Assert.Equal(new SendResult(SendOutcome.Unknown, "no-answer"), await SendAsync(Gateway()));
        _server.Always("this is no HTTP\r\n\r\n");
        Assert.Equal(SendOutcome.Unknown, (await SendAsync(Gateway())).Outcome);
    }

    [Fact]
    public async Task A_gateway_that_is_down_took_nothing() =>
        Assert.Equal(new SendResult(SendOutcome.Faulty, "no-connection"), await SendAsync(Gateway(options => options with { Address = HttpDouble.Nobody() })));

    [Fact]
    public async Task A_yes_that_the_gateway_tells_in_the_body_is_looked_for_there()
    {
        var gateway = Gateway(options => options with { AcceptedWhen = "\"status\":\"ok\"" });
        _server.Always(HttpDouble.Status(200, """{"status":"ok"}"""));
        Assert.Equal(SendResult.Accepted, await SendAsync(gateway));
        _server.Always(HttpDouble.Status(200, "<html>maintenance</html>"));
        Assert.Equal(new SendResult(SendOutcome.Unknown, "answer-not-understood"), await SendAsync(gateway));
        _server.Always($"HTTP/1.1 200 X\r\nContent-Length: 100000000\r\n\r\n{new string('x', 200_000)}");
        Assert.Equal(new SendResult(SendOutcome.Unknown, "answer-not-understood"), await SendAsync(gateway));
    }

    [Fact]
    public async Task A_second_answer_is_not_taken_for_the_answer_to_the_next_message()
    {
        var gateway = Gateway();
        _server.Always(HttpDouble.Status(200) + HttpDouble.Status(200));
        Assert.Equal(SendOutcome.Accepted, (await SendAsync(gateway)).Outcome);
        _server.Always(HttpDouble.Status(500));
        Assert.Equal("http-500", (await SendAsync(gateway)).Fault);
    }

    [Fact]
    public async Task A_gateway_that_fails_again_and_again_is_let_alone()
    {
        _server.Always(HttpDouble.Status(500));
        var gateway = Gateway();
        var results = new List<SendResult>();
        for (var i = 0; i < 40; i++)
            results.Add(await SendAsync(gateway));
        Assert.Equal(new SendResult(SendOutcome.Busy, "circuit-open"), results[^1]);
        Assert.InRange(_server.Requests.Count, 20, 39);
    }

    [Fact]
    public async Task Whoever_stops_waiting_is_not_told_a_result()
    {
        _server.Silent();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Gateway().SendAsync(Message, stop.Token).WaitAsync(Limit));
    }

    [Theory]
    [InlineData("ftp://example.org/", null, null, 10)]
    [InlineData("/send", null, null, 10)]
    [InlineData("https://example.org/?to={phone}", null, null, 10)]
    [InlineData("https://example.org/?text={text}", null, null, 10)]
    [InlineData("https://example.org/", "{phone}", null, 10)]
    [InlineData("https://example.org/", "{text}", null, 10)]
    [InlineData("https://example.org/", null, "text/xml", 10)]
    [InlineData("https://example.org/", null, null, 0)]
    [InlineData("https://example.org/", null, null, 61)]
    public void Options_that_cannot_work_are_refused_at_the_start(string address, string? body, string? content, int seconds)
    {
        var options = new HttpSmsOptions { Address = address, Timeout = TimeSpan.FromSeconds(seconds) };
        options = options with { Body = body ?? options.Body, ContentType = content ?? options.ContentType };
        Assert.NotNull(options.Fault());
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddNotices(new NoticesOptions { File = "notices.db", Sms = options }));
    }

    [Fact]
    public void A_message_and_the_options_as_text_have_no_number_and_no_secret()
    {
        Assert.Equal("SMS 0123abcd to +*********42", $"{Message}");
        Assert.DoesNotContain("key", $"{new HttpSmsOptions { Address = "https://example.org/", Secret = "key" }}", StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var services in _built)
            await services.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static Task<SendResult> SendAsync(ISmsGateway gateway) => gateway.SendAsync(Message, CancellationToken.None).WaitAsync(Limit);

    /// <summary>The gateway as the setup puts it together.</summary>
    private ISmsGateway Gateway(Func<HttpSmsOptions, HttpSmsOptions>? change = null)
    {
        var options = new HttpSmsOptions { Address = _server.Address };
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging();
        services.AddNotices(new NoticesOptions { File = "notices.db", Sms = change is null ? options : change(options) });
        var built = services.BuildServiceProvider();
        _built.Add(built);
        return built.GetRequiredService<ISmsGateway>();
    }
}

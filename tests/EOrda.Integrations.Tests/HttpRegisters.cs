using System.Text;
using EOrda.Doubles;
using EOrda.Identifiers;
using EOrda.Integrations.Http;
using EOrda.Integrations.Registers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EOrda.Integrations.Tests;

public sealed class HttpRegisters : IAsyncDisposable
{
    private const string Digits = "851231300005";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly Iin About = Iin.Parse(Digits);

    private readonly HttpDouble _server = new();
    private readonly ShiftedClock _clock = new();
    private readonly List<ServiceProvider> _built = [];
    private readonly StringBuilder _log = new();

    [Fact]
    public async Task A_question_is_posted_with_the_number_in_its_body_and_never_in_the_address()
    {
        Answers("""{"found":true,"phone":"+77010000042"}""");
        var reply = await Ask<IMobileNumbers, RegisteredPhone>(register => register.FindAsync(About, CancellationToken.None), options => options with { User = "city", Secret = "key" });
        Assert.Equal("+77010000042", reply.Answer!.Phone.International);
        var request = Assert.Single(_server.Requests);
        Assert.StartsWith("POST /register/phone HTTP/1.1", request, StringComparison.Ordinal);
        Assert.Contains($"Authorization: Basic {Convert.ToBase64String("city:key"u8)}", request, StringComparison.Ordinal);
        Assert.EndsWith($$"""{"iin":"{{Digits}}"}""", request, StringComparison.Ordinal);
        Assert.DoesNotContain(Digits, request[..request.IndexOf("\r\n\r\n", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_asked_and_answered_and_when_is_told_to_be_kept()
    {
        _server.Answer = (_, _) =>
        {
            _clock.Shift = TimeSpan.FromHours(1);
            return Task.FromResult<string?>(HttpDouble.Status(200, """{"found":true,"phone":"+77010000042","unknown":1}"""));
        };
        var inquiry = (await Phone()).Inquiry;
        Assert.Equal(("mobile-numbers", "phone", About, RegisterOutcome.Found), (inquiry.Register, inquiry.Question, inquiry.About, inquiry.Outcome));
        Assert.True(inquiry.AnsweredAt >= inquiry.AskedAt.PlusHours(1));
        Assert.Equal("""{"phone":"\u002B77010000042","found":true}""", inquiry.Answer);
        Assert.Equal("mobile-numbers/phone: Found", inquiry.ToString());
    }

    [Fact]
    public async Task Each_register_is_read_as_it_answers()
    {
        Answers($$"""{"found":true,"iin":"{{Digits}}","surname":"Ойданов","givenName":"Үлгі","born":"1985-12-31","sex":"male","citizenship":"KAZ"}""");
        Assert.Equal(
            new RegisteredPerson(About, "Ойданов", "Үлгі", null, new DateOnly(1985, 12, 31), Sex.Male, "KAZ"),
            (await Ask<IPersons, RegisteredPerson>(register => register.FindAsync(About, CancellationToken.None))).Answer);
        Answers($$"""{"found":true,"parents":["{{Digits}}"]}""");
        Assert.Equal([About], (await Ask<ICivilActs, RegisteredParents>(register => register.ParentsOfAsync(About, CancellationToken.None))).Answer!.Parents);
        Answers("""{"found":true,"on":"2026-01-02"}""");
        Assert.Equal(new RegisteredDeath(new DateOnly(2026, 1, 2)), (await Ask<ICivilActs, RegisteredDeath>(register => register.DeathOfAsync(About, CancellationToken.None))).Answer);
        Answers($$"""{"found":true,"guardians":["{{Digits}}"],"withoutParents":true}""");
        var guardians = (await Ask<IEducationRegister, RegisteredGuardians>(register => register.GuardiansOfAsync(About, CancellationToken.None))).Answer!;
        Assert.Equal((true, About), (guardians.IsWithoutParents, Assert.Single(guardians.Guardians)));
        Answers("""{"found":true,"organisation":"010203040506"}""");
        Assert.Equal(new RegisteredTeacher("010203040506"), (await Ask<IEducationRegister, RegisteredTeacher>(register => register.TeacherAsync(About, CancellationToken.None))).Answer);
        Answers("""{"found":true}""");
        Assert.Equal(new RegisteredDisability(null), (await Ask<IDisabilityRegister, RegisteredDisability>(register => register.FindAsync(About, CancellationToken.None))).Answer);
        Answers("""{"found":true,"children":4}""");
        Assert.Equal(new RegisteredLargeFamily(4), (await Ask<ILargeFamilies, RegisteredLargeFamily>(register => register.FindAsync(About, CancellationToken.None))).Answer);
    }

    [Fact]
    public async Task Nothing_found_is_an_answer()
    {
        Answers("""{"found":false}""");
        var reply = await Phone();
        Assert.Equal((RegisterOutcome.NotFound, null, null, null), (reply.Outcome, reply.Answer, reply.Inquiry.Answer, reply.Inquiry.Fault));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("""{"found":true}""")]
    [InlineData("""{"found":true,"phone":"8 701 000 00 42"}""")]
    [InlineData("""{"found":"yes","phone":"+77010000042"}""")]
    [InlineData("""{"phone":"+77010000042"}""")]
    [InlineData("""{"found":true,"phone":["+77010000042"]}""")]
    public async Task An_answer_that_cannot_be_so_is_none(string body)
    {
        Answers(body);
        var reply = await Phone();
        Assert.Equal((RegisterOutcome.NotAnswered, "answer-not-understood", null), (reply.Outcome, reply.Inquiry.Fault, reply.Inquiry.Answer));
    }

    [Theory]
    [InlineData("220301500004", "Ойданов", "1985-12-31", "male", "KAZ")]
    [InlineData(Digits, "", "1985-12-31", "male", "KAZ")]
    [InlineData(Digits, "a\\u0000b", "1985-12-31", "male", "KAZ")]
    [InlineData(Digits, "Ойданов", "1985-13-31", "male", "KAZ")]
    [InlineData(Digits, "Ойданов", "1985-12-31", "m", "KAZ")]
    [InlineData(Digits, "Ойданов", "1985-12-31", "male", "Kazakhstan")]
    public async Task A_person_that_cannot_be_so_or_is_another_is_no_answer(string iin, string surname, string born, string sex, string country)
    {
        Answers($$"""{"found":true,"iin":"{{iin}}","surname":"{{surname}}","givenName":"Үлгі","born":"{{born}}","sex":"{{sex}}","citizenship":"{{country}}"}""");
        var reply = await Ask<IPersons, RegisteredPerson>(register => register.FindAsync(About, CancellationToken.None));
        Assert.Equal((RegisterOutcome.NotAnswered, "answer-not-understood"), (reply.Outcome, reply.Inquiry.Fault));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""["851231300006"]""")]
    [InlineData("""["851231300005","851231300005","851231300005"]""")]
    public async Task A_child_has_one_or_two_parents(string parents)
    {
        Answers($$"""{"found":true,"parents":{{parents}}}""");
        Assert.Equal(RegisterOutcome.NotAnswered, (await Ask<ICivilActs, RegisteredParents>(register => register.ParentsOfAsync(About, CancellationToken.None))).Outcome);
    }

    [Fact]
    public async Task A_fault_is_tried_again_and_then_told()
    {
        _server.Always(HttpDouble.Status(503, "", "Retry-After: 3600"));
        var reply = await Phone();
        Assert.Equal((RegisterOutcome.NotAnswered, "http-503"), (reply.Outcome, reply.Inquiry.Fault));
        Assert.Equal(3, _server.Requests.Count);

        var before = _server.Requests.Count;
        _server.Answer = (_, _) => Task.FromResult<string?>(_server.Requests.Count - before < 2 ? HttpDouble.Status(500) : HttpDouble.Status(200, """{"found":false}"""));
        Assert.Equal(RegisterOutcome.NotFound, (await Phone()).Outcome);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(302)]
    public async Task A_refusal_is_no_answer_and_is_not_tried_again(int status)
    {
        _server.Always(HttpDouble.Status(status, "", "Location: /elsewhere"));
        Assert.Equal($"http-{status}", (await Phone()).Inquiry.Fault);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task A_register_that_is_slow_has_not_answered()
    {
        _server.Silent();
        var reply = await Phone(options => options with { Timeout = TimeSpan.FromMilliseconds(200), Retries = 1 });
        Assert.Equal((RegisterOutcome.NotAnswered, "time-out"), (reply.Outcome, reply.Inquiry.Fault));
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task A_register_that_begins_to_answer_and_falls_silent_has_not_answered()
    {
        _server.Always("HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\n{\"found\":");
        var reply = await Phone(options => options with { Timeout = TimeSpan.FromMilliseconds(200), Retries = 0 });
        Assert.Equal((RegisterOutcome.NotAnswered, "time-out"), (reply.Outcome, reply.Inquiry.Fault));
    }

    [Fact]
    public async Task A_register_that_is_down_or_hangs_up_has_not_answered()
    {
        Assert.Equal("no-connection", (await Phone(options => options with { Address = new Uri(HttpDouble.Nobody()) })).Inquiry.Fault);
        _server.Always(null);
        Assert.Equal("no-connection", (await Phone()).Inquiry.Fault);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_not_read_to_its_end()
    {
        _server.Always($"HTTP/1.1 200 X\r\nContent-Length: 100000000\r\n\r\n{new string(' ', 200_000)}");
        Assert.Equal((RegisterOutcome.NotAnswered, "answer-too-large"), (await Phone() is var reply ? (reply.Outcome, reply.Inquiry.Fault) : default));
    }

    [Fact]
    public async Task A_register_that_fails_again_and_again_is_let_alone()
    {
        _server.Always(HttpDouble.Status(500));
        var register = Register<IMobileNumbers>(options => options with { Retries = 0 });
        RegisterReply<RegisteredPhone>? last = null;
        for (var i = 0; i < 20; i++)
            last = await register.FindAsync(About, CancellationToken.None).WaitAsync(Limit);
        Assert.Equal("circuit-open", last!.Inquiry.Fault);
        Assert.InRange(_server.Requests.Count, 10, 19);
    }

    [Fact]
    public async Task A_register_that_the_city_is_not_connected_with_never_answers()
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_clock).AddHttpRegisters(new RegistersOptions());
        await using var built = services.BuildServiceProvider();
        var reply = await built.GetRequiredService<ILargeFamilies>().FindAsync(About, CancellationToken.None);
        Assert.Equal((RegisterOutcome.NotAnswered, "not-connected"), (reply.Outcome, reply.Inquiry.Fault));
    }

    [Fact]
    public async Task Whoever_stops_waiting_is_not_told_a_reply()
    {
        _server.Silent();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Register<IMobileNumbers>().FindAsync(About, stop.Token).WaitAsync(Limit));
    }

    [Fact]
    public async Task No_log_has_the_number_or_the_answer()
    {
        Answers("""{"found":true,"phone":"+77010000042"}""");
        await Phone();
        _server.Always(HttpDouble.Status(500));
        await Phone();
        Assert.NotEqual(0, _log.Length);
        Assert.DoesNotContain(Digits, _log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("7701", _log.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://example.org/", 3, 2, 300, 15)]
    [InlineData("https://example.org/?key=1", 3, 2, 300, 15)]
    [InlineData("https://user:password@example.org/", 3, 2, 300, 15)]
    [InlineData("https://example.org/", 0, 2, 300, 15)]
    [InlineData("https://example.org/", 31, 2, 300, 15)]
    [InlineData("https://example.org/", 3, -1, 300, 15)]
    [InlineData("https://example.org/", 3, 6, 300, 15)]
    [InlineData("https://example.org/", 3, 2, 1, 15)]
    [InlineData("https://example.org/", 3, 2, 300, 0)]
    public void Options_that_cannot_work_are_refused_at_the_start(string address, int seconds, int retries, int backoff, int alone)
    {
        var options = new RegisterOptions
        {
            Address = new Uri(address),
            Timeout = TimeSpan.FromSeconds(seconds),
            Retries = retries,
            Backoff = TimeSpan.FromMilliseconds(backoff),
            LetAlone = TimeSpan.FromSeconds(alone),
        };
        Assert.Contains("persons", Assert.Throws<ArgumentException>(() => new ServiceCollection().AddHttpRegisters(new RegistersOptions { Persons = options })).Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var services in _built)
            await services.DisposeAsync();
        await _server.DisposeAsync();
    }

    private void Answers(string body) => _server.Always(HttpDouble.Status(200, body));

    private Task<RegisterReply<RegisteredPhone>> Phone(Func<RegisterOptions, RegisterOptions>? change = null) =>
        Ask<IMobileNumbers, RegisteredPhone>(register => register.FindAsync(About, CancellationToken.None), change);

    private Task<RegisterReply<T>> Ask<TRegister, T>(Func<TRegister, Task<RegisterReply<T>>> ask, Func<RegisterOptions, RegisterOptions>? change = null)
        where TRegister : class
        where T : class =>
        ask(Register<TRegister>(change)).WaitAsync(Limit);

    private T Register<T>(Func<RegisterOptions, RegisterOptions>? change = null)
        where T : class
    {
        var options = new RegisterOptions { Address = new Uri($"{_server.Address}register/"), Backoff = TimeSpan.FromMilliseconds(10) };
        options = change is null ? options : change(options);
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_clock)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Written(_log)))
            .AddHttpRegisters(new RegistersOptions
            {
                MobileNumbers = options,
                Persons = options,
                CivilActs = options,
                Education = options,
                Disability = options,
                LargeFamilies = options,
            });
        var built = services.BuildServiceProvider();
        _built.Add(built);
        return built.GetRequiredService<T>();
    }

    /// <summary>The time of the machine, shifted; waits are real.</summary>
    private sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }

    private sealed class Written(StringBuilder log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (log)
                log.AppendLine($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
            lock (log)
                log.AppendLine("the end");
        }
    }
}

using System.Net.Http.Headers;
using System.Text;
using EOrda.Portal.Tests.Support;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>What is sent badly is told so, and what is not proved is not done.</summary>
public sealed class InputTests(TestPortal portal) : IClassFixture<TestPortal>
{
    [Theory]
    [InlineData("", "body", "not valid JSON")]
    [InlineData("null", "body", "must not be null")]
    [InlineData("[]", "body", "wrong type, or out of range")]
    [InlineData("""{"place":"P-1"}{}""", "body", "not valid JSON")]
    [InlineData("""{"place":"P-1",}""", "body", "not valid JSON")]
    [InlineData("""{"place":"P-1" """, "body", "not valid JSON")]
    [InlineData("""{"plaice":"P-1"}""", "body", "unknown field")]
    [InlineData("""{"Place":"P-1"}""", "body", "unknown field")]
    [InlineData("""{"place.x":"P-1"}""", "body", "unknown field")]
    [InlineData("""{"x'].place":"P-1"}""", "body", "unknown field")]
    [InlineData("""{"kindergarten":"k-1","siblings":[{"application":"T-2","evil":"x"}]}""", "siblings[0]", "unknown field")]
    [InlineData("""{"place":tru}""", "body", "not valid JSON")]
    [InlineData("""{"kindergarten":"k-1","siblings":[{"application":"\ud800","secret":"x"}]}""", "siblings[0].application", "wrong type, or out of range")]
    [InlineData("""{"plaice":"could not be converted, a duplicate, missing required"}""", "body", "unknown field")]
    [InlineData("""{"\ud800":1}""", "body", "not valid JSON")]
    [InlineData("""{"place":{"could not be mapped":1}}""", "place", "wrong type, or out of range")]
    [InlineData("""{"kindergarten":"k-1","siblings":[{"application":"T-2","secret":"x","more":1}]}""", "siblings[0]", "unknown field")]
    [InlineData("""{"place":"P-1","place":"P-2"}""", "place", "given twice")]
    [InlineData("""{"place":1}""", "place", "wrong type, or out of range")]
    [InlineData("""{"place":["P-1"]}""", "place", "wrong type, or out of range")]
    [InlineData("""{"kindergarten":"k-1","siblings":{}}""", "siblings", "wrong type, or out of range")]
    [InlineData("""{"kindergarten":"k-1","siblings":[{"application":"T-2"}]}""", "siblings[0]", "a required field is missing")]
    [InlineData("""{"kindergarten":"k-1","siblings":[null]}""", "siblings", "not an application's number")]
    [InlineData("""{"kindergarten":"k-1","siblings":[]}""", "siblings", "1 to 7 siblings are needed")]
    [InlineData("""{"place":"P-1","siblings":[{"application":"T-2","secret":"x"}]}""", "siblings", "with siblings, name a kindergarten, not a place")]
    [InlineData("{}", "place", "exactly one of place and kindergarten is needed")]
    [InlineData("""{"place":"P-1","kindergarten":"k-1"}""", "place", "exactly one of place and kindergarten is needed")]
    [InlineData("""{"place":""}""", "place", "1 to 64 characters are needed, none of them a control character")]
    [InlineData("""{"place":"P\n1"}""", "place", "1 to 64 characters are needed, none of them a control character")]
    [InlineData("""{"place":{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":1}}}}}}}}}}""", "body", "not valid JSON")]
    public async Task A_bad_body_is_answered_with_the_field_and_its_fault(string body, string field, string fault)
    {
        using var request = portal.Request(HttpMethod.Post, "A-1", "/reservation", body);
        request.Headers.Add("Accept-Language", "en");
        var reply = await portal.Send(request);
        Assert.Equal((400, "bad-input", field, fault), (reply.Status, reply.Reason, reply.Json.GetProperty("field").GetString(), reply.Json.GetProperty("fault").GetString()));
    }

    [Theory]
    [InlineData("kk", "бүтін сан", "1", "500")]
    [InlineData("ru", "целое число", "1", "500")]
    [InlineData("en", "whole number", "1", "500")]
    public async Task A_fault_is_told_in_the_callers_language(string language, params string[] said)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/queues/{TestPortal.Queue}/order?count=501");
        request.Headers.Add("Accept-Language", language);
        var reply = await portal.Send(request);
        Assert.Equal((400, "count"), (reply.Status, reply.Json.GetProperty("field").GetString()));
        Assert.All(said, part => Assert.Contains(part, reply.Json.GetProperty("fault").GetString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("1e400")]
    [InlineData("1.5")]
    [InlineData("\"7\"")]
    [InlineData("null")]
    [InlineData("true")]
    public async Task A_number_of_days_must_be_one(string days)
    {
        var reply = await portal.Ask(HttpMethod.Post, "A-1", "/referral/extension", $$"""{"days":{{days}}}""");
        Assert.Equal((400, "days"), (reply.Status, reply.Json.GetProperty("field").GetString()));
    }

    [Theory]
    [InlineData(2147483647)]
    [InlineData(-2147483648)]
    [InlineData(0)]
    public async Task An_absurd_number_of_days_is_refused_by_the_rules(int days)
    {
        var reply = await portal.Ask(HttpMethod.Post, "A-1", "/referral/extension", $$"""{"days":{{days}}}""");
        Assert.Equal((409, "no-referral"), (reply.Status, reply.Reason));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_large_body_is_refused(bool chunked)
    {
        using var request = portal.Request(HttpMethod.Post, "A-1", "/reservation", $$"""{"place":"{{new string('x', 5000)}}"}""");
        request.Headers.TransferEncodingChunked = chunked;
        var reply = await portal.Send(request);
        Assert.Equal((413, "too-large"), (reply.Status, reply.Reason));
    }

    [Fact]
    public async Task A_huge_body_is_refused_before_it_is_read()
    {
        using var request = portal.Request(HttpMethod.Post, "A-1", "/reservation", new string('x', 100_000));
        var reply = await portal.Send(request);
        Assert.Equal((413, true), (reply.Status, reply.Response.Headers.ConnectionClose));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=\"utf-16\"")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task A_body_must_say_that_it_is_json(string contentType)
    {
        using var request = portal.Request(HttpMethod.Post, "A-1", "/reservation");
        request.Content = new StringContent("""{"place":"P-1"}""", Encoding.UTF8);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        var reply = await portal.Send(request);
        Assert.Equal((415, "wrong-content-type"), (reply.Status, reply.Reason));
    }

    [Theory]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("Application/JSON;charset=utf-8")]
    public async Task A_charset_may_be_quoted(string contentType)
    {
        using var request = portal.Request(HttpMethod.Post, "A-1", "/reservation");
        request.Content = new StringContent("""{"place":"nowhere"}""", Encoding.UTF8);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        Assert.NotEqual(415, (await portal.Send(request)).Status);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        using var request = portal.Request(HttpMethod.Post, "A-1", "/reservation");
        request.Content = new ByteArrayContent([0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D]);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Assert.Equal(400, (await portal.Send(request)).Status);
    }

    [Fact]
    public async Task A_command_needs_a_key()
    {
        using var request = portal.Request(HttpMethod.Delete, "A-1", "/reservation");
        request.Headers.Remove("Idempotency-Key");
        var reply = await portal.Send(request);
        Assert.Equal((400, "Idempotency-Key"), (reply.Status, reply.Json.GetProperty("field").GetString()));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task A_key_is_short_and_visible(string key)
    {
        using var request = portal.Request(HttpMethod.Delete, "A-1", "/reservation");
        request.Headers.Remove("Idempotency-Key");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(key)));
        Assert.Equal(400, (await portal.Send(request)).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer x")]
    [InlineData("Basic QS0xOng=")]
    [InlineData("Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer !!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("Bearer AAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_command_needs_the_applications_secret(string? authorization)
    {
        using var request = portal.Request(HttpMethod.Post, "A-1", "/reservation", """{"place":"P-1"}""");
        request.Headers.Authorization = null;
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        var reply = await portal.Send(request);
        Assert.Equal((401, "unauthorized"), (reply.Status, reply.Reason));
        Assert.Equal("Bearer", reply.Response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [InlineData("POST", "/reservation")]
    [InlineData("DELETE", "/reservation")]
    [InlineData("POST", "/reservation/confirmation")]
    [InlineData("DELETE", "/referral")]
    [InlineData("POST", "/referral/extension")]
    public async Task No_command_takes_another_applications_secret(string method, string path)
    {
        using var request = portal.Request(new HttpMethod(method), "A-1", path, method == "POST" ? "{}" : null);
        request.Headers.Authorization = new("Bearer", portal.SecretOf("A-2"));
        Assert.Equal(401, (await portal.Send(request)).Status);
    }

    [Fact]
    public void The_key_of_the_secrets_is_for_the_owners_eyes()
    {
        var file = Path.Combine(portal.Data, "secret.key");
        Assert.Equal(32, new FileInfo(file).Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Theory]
    [InlineData(null, "ru", "Брони нет")]
    [InlineData("ru", "ru", "Брони нет")]
    [InlineData("kk-KZ", "kk", "Бронь жоқ")]
    [InlineData("en-GB,en;q=0.9", "en", "No reservation")]
    [InlineData("en;q=0.4, kk;q=0.8, ru;q=0.6", "kk", "Бронь жоқ")]
    [InlineData("fr, en;q=0.1", "en", "No reservation")]
    [InlineData("fr, de;q=0.5, *;q=0.1", "ru", "Брони нет")]
    [InlineData("kk;q=0, en;q=x, ;;,=", "ru", "Брони нет")]
    public async Task A_refusal_is_told_in_the_callers_language(string? accept, string language, string title)
    {
        using var request = portal.Request(HttpMethod.Delete, "A-1", "/reservation");
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Language", accept);
        }

        var reply = await portal.Send(request);
        Assert.Equal((409, title, language), (reply.Status, reply.Json.GetProperty("title").GetString(), reply.Response.Content.Headers.ContentLanguage.Single()));
        Assert.Equal("Accept-Language", reply.Response.Headers.Vary.Single());
        Assert.Equal("urn:eorda:problem:no-reservation", reply.Json.GetProperty("type").GetString());
    }
}

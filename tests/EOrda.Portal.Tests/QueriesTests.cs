using System.Text.Json;
using EOrda.Portal.Localities;
using EOrda.Portal.OpenApi;
using EOrda.Portal.Tests.Support;
using EOrda.Queues;
using EOrda.Queues.Time;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>What anybody may look up.</summary>
public sealed class QueriesTests(TestPortal portal) : IClassFixture<TestPortal>
{
    [Fact]
    public async Task The_clock_is_the_servers()
    {
        var reply = await portal.Get("/api/time");
        Assert.Equal(200, reply.Status);
        Assert.Equal("2026-06-10T01:00:00.000Z", reply.Json.GetProperty("now").GetString());
        Assert.Equal("no-store", reply.Response.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task A_locality_tells_its_zone_and_its_next_release()
    {
        Assert.Equal("""{"localities":["almaty"]}""", (await portal.Get("/api/localities")).Text);
        var reply = await portal.Get("/api/localities/almaty");
        Assert.Equal("Asia/Almaty", reply.Json.GetProperty("timeZone").GetString());
        Assert.Equal("2026-06-10T02:00:00.000Z", reply.Json.GetProperty("nextRelease").GetString());
        Assert.Equal(10, reply.Json.GetProperty("reservationMinutes").GetInt32());
    }

    [Fact]
    public async Task A_locality_tells_how_its_time_stands_to_utc_so_that_no_phone_needs_to_know()
    {
        var reply = await portal.Get("/api/localities/almaty");
        Assert.Equal(300, reply.Json.GetProperty("offsetMinutes").GetInt32());
        Assert.Equal(JsonValueKind.Null, reply.Json.GetProperty("nextOffset").ValueKind);
        Assert.Equal(3, reply.Json.GetProperty("lapsesPerDay").GetInt32());
    }

    [Theory]
    [InlineData("2024-02-29T17:59:59.999Z", 360, "2024-02-29T18:00:00.000Z", 300)]
    [InlineData("2024-02-29T18:00:00.000Z", 300, null, null)]
    public void The_next_change_of_an_offset_is_told_with_its_instant(string at, int now, string? from, int? then)
    {
        var (offset, next) = OffsetView.Of(DateTimeZoneProviders.Tzdb["Asia/Almaty"], Moment.From(InstantPattern.ExtendedIso.Parse(at).Value));
        Assert.Equal((now, from, then), (offset, next?.From.ToString(), next?.OffsetMinutes));
    }

    [Theory]
    [InlineData("", "private, no-cache")]
    [InlineData("/places?from=0&count=500", "private, no-cache")]
    [InlineData("/applications/A-1", "no-store")]
    public async Task What_has_not_changed_is_told_by_its_tag_alone_until_it_changes(string path, string kept)
    {
        await using var own = new TestPortal();
        await own.InitializeAsync();
        own.ItIs(7);
        var first = await Ask();
        var tag = first.Header("ETag")!;
        Assert.Equal(kept, string.Join(", ", first.Header("Cache-Control")!.Split(',', StringSplitOptions.TrimEntries).Order().Reverse()));
        own.Clock.Advance(TimeSpan.FromSeconds(5));
        foreach (var named in new[] { tag, $"\"other\", {tag}" })
        {
            var again = await Ask(named);
            Assert.Equal((304, "", tag), (again.Status, again.Text, again.Header("ETag")));
        }

        Assert.Equal(200, (await Ask("\"other\"")).Status);
        Assert.Equal(200, (await own.Reserve("A-1", "P-1")).Status);
        var changed = await Ask(tag);
        Assert.Equal(200, changed.Status);
        Assert.NotEqual(tag, changed.Header("ETag"));

        // An application's owner sees its reservation; to others it looks the same as before.
        async Task<Reply> Ask(string? named = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/queues/{TestPortal.Queue}{path}");
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {own.SecretOf("A-1")}");
            if (named is not null)
            {
                request.Headers.TryAddWithoutValidation("If-None-Match", named);
            }

            return await own.Send(request);
        }
    }

    [Fact]
    public async Task A_locality_lists_its_kindergartens_and_the_queues_in_which_somebody_was_filed()
    {
        var kindergartens = (await portal.Get("/api/localities/almaty/kindergartens")).Json.GetProperty("kindergartens");
        Assert.Equal(["k-1", "k-2", "k-3"], kindergartens.EnumerateArray().Select(k => k.GetProperty("kindergarten").GetString()));
        var queues = (await portal.Get("/api/localities/almaty/queues")).Json.GetProperty("queues");
        Assert.Equal([TestPortal.Queue, TestPortal.NextQueue, "almaty/special/2022"], queues.EnumerateArray().Select(q => q.GetProperty("queue").GetString()));
        Assert.Equal(10, queues[0].GetProperty("waiting").GetInt32());
    }

    [Fact]
    public async Task A_queue_tells_who_waits_and_which_places_there_are()
    {
        var reply = await portal.Get($"/api/queues/{TestPortal.Queue}");
        Assert.Equal("""{"outOfTurn":0,"firstPriority":1,"general":9,"total":10}""", reply.Json.GetProperty("waiting").GetRawText());
        Assert.Equal(3, reply.Json.GetProperty("places").GetProperty("locked").GetInt32());
        Assert.False(reply.Json.GetProperty("frozen").GetBoolean());
    }

    [Fact]
    public async Task The_order_comes_in_pages()
    {
        var reply = await portal.Get($"/api/queues/{TestPortal.Queue}/order?from=2&count=3");
        Assert.Equal("""["A-1","A-2","A-3"]""", reply.Json.GetProperty("applications").GetRawText());
        Assert.Equal(10, reply.Json.GetProperty("total").GetInt32());
        Assert.Equal("[]", (await portal.Get($"/api/queues/{TestPortal.Queue}/order?from=11")).Json.GetProperty("applications").GetRawText());
    }

    [Fact]
    public async Task The_places_come_in_pages()
    {
        var reply = await portal.Get($"/api/queues/{TestPortal.Queue}/places?from=1&count=1");
        Assert.Equal(
            """[{"number":1,"place":"P-2","kindergarten":"k-1","state":"locked","access":null,"from":"2026-06-10T02:00:00.000Z"}]""",
            reply.Json.GetProperty("places").GetRawText());
        Assert.Equal(3, reply.Json.GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("order?count=501", "count")]
    [InlineData("order?count=0", "count")]
    [InlineData("order?from=-1", "from")]
    [InlineData("order?from=1&from=2", "from")]
    [InlineData("order?from=99999999999999999999", "from")]
    [InlineData("places?from=one", "from")]
    [InlineData("applications/A-1?changes=101", "changes")]
    public async Task A_number_out_of_its_bounds_is_named(string path, string field)
    {
        var reply = await portal.Get($"/api/queues/{TestPortal.Queue}/{path}");
        Assert.Equal((400, "bad-input", field), (reply.Status, reply.Reason, reply.Json.GetProperty("field").GetString()));
    }

    [Theory]
    [InlineData("/api/localities/atlantis", "unknown-locality")]
    [InlineData("/api/localities/atlantis/queues", "unknown-locality")]
    [InlineData("/api/localities/atlantis/kindergartens", "unknown-locality")]
    [InlineData("/api/queues/atlantis/general/2022", "unknown-locality")]
    [InlineData("/api/queues/almaty/evening/2022", "bad-queue")]
    [InlineData("/api/queues/almaty/general/22", "bad-queue")]
    [InlineData("/api/queues/almaty/general/2022/applications/nobody", "unknown-application")]
    [InlineData("/api/queues/almaty/general/2019/applications/A-1", "unknown-application")]
    [InlineData("/api/nothing", "not-found")]
    [InlineData("/nothing", "not-found")]
    [InlineData("/openapi/v2.json", "not-found")]
    public async Task What_is_not_there_is_not_found(string address, string reason)
    {
        var reply = await portal.Get(address);
        Assert.Equal((404, reason), (reply.Status, reply.Reason));
        Assert.Equal("application/problem+json", reply.Response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_method_that_an_address_does_not_know_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/time");
        var reply = await portal.Send(request);
        Assert.Equal((405, "method-not-allowed"), (reply.Status, reply.Reason));
    }

    [Fact]
    public async Task An_empty_queue_can_be_looked_at()
    {
        var reply = await portal.Get("/api/queues/almaty/general/2021");
        Assert.Equal((200, 0), (reply.Status, reply.Json.GetProperty("waiting").GetProperty("total").GetInt32()));
    }

    [Fact]
    public async Task An_application_tells_its_position_and_why_it_changed()
    {
        await using var own = new TestPortal();
        await own.InitializeAsync();
        await own.Order(new Withdraw("A-2"));
        var reply = await own.Own("A-3");
        Assert.Equal(("waiting", 3), (reply.Json.GetProperty("status").GetString(), reply.Json.GetProperty("position").GetInt32()));
        var change = reply.Json.GetProperty("changes")[0];
        Assert.Equal("""{"at":"2026-06-10T01:00:00.000Z","cause":"withdrawal","own":false,"from":4,"to":3}""", change.GetRawText());
        var standing = reply.Json.GetProperty("standing");
        Assert.Equal(("general", 1), (standing.GetProperty("lane").GetString(), standing.GetProperty("general").GetInt32()));
        Assert.Equal("[]", (await own.Own("A-3", "?changes=0")).Json.GetProperty("changes").GetRawText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/order")]
    [InlineData("/places")]
    [InlineData("/applications/A-1")]
    public async Task No_query_names_a_child_or_a_parent(string path) =>
        Assert.DoesNotContain("secret-", (await portal.Get($"/api/queues/{TestPortal.Queue}{path}")).Text, StringComparison.Ordinal);

    [Fact]
    public async Task Nobody_is_given_secrets_outside_of_development() =>
        Assert.Equal(404, (await portal.Get($"/api/demo/parents?queue={TestPortal.Queue}")).Status);

    [Fact]
    public async Task Every_answer_forbids_the_browser_what_the_pages_do_not_need()
    {
        foreach (var address in new[] { "/", "/api/time", "/api/nothing", "/openapi/v1.json" })
        {
            var headers = (await portal.Get(address)).Response.Headers;
            Assert.StartsWith("default-src 'none'; script-src 'self';", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
            Assert.False(headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task The_page_is_served_compressed_and_known_again_by_its_tag()
    {
        var page = await portal.Get("/");
        Assert.Equal("text/html", page.Response.Content.Headers.ContentType!.MediaType);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/");
        again.Headers.IfNoneMatch.Add(page.Response.Headers.ETag!);
        Assert.Equal(304, (await portal.Send(again)).Status);
        using var compressed = new HttpRequestMessage(HttpMethod.Get, "/");
        compressed.Headers.AcceptEncoding.ParseAdd("gzip, br");
        Assert.Equal("br", (await portal.Send(compressed)).Response.Content.Headers.ContentEncoding.Single());
    }

    [Fact]
    public async Task The_document_is_written_once_and_known_again_by_its_tag()
    {
        var first = await portal.Get("/openapi/v1.json");
        var second = await portal.Get("/openapi/v1.json");
        Assert.Equal((200, first.Text, first.Response.Headers.ETag), (second.Status, second.Text, second.Response.Headers.ETag));
        Assert.Same(
            (await portal.Services.GetRequiredService<WrittenDocument>().ReadAsync()).Bytes,
            (await portal.Services.GetRequiredService<WrittenDocument>().ReadAsync()).Bytes);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        again.Headers.IfNoneMatch.Add(first.Response.Headers.ETag!);
        var unchanged = await portal.Send(again);
        Assert.Equal((304, ""), (unchanged.Status, unchanged.Text));
    }

    [Fact]
    public async Task The_document_says_what_an_application_tells_with_its_secret_and_without()
    {
        var document = (await portal.Get("/openapi/v1.json")).Json;
        var answer = document.GetProperty("paths").GetProperty("/api/queues/{locality}/{kind}/{cohort}/applications/{application}").GetProperty("get")
            .GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        Assert.Equal(2, answer.GetProperty("oneOf").GetArrayLength());
    }

    [Fact]
    public async Task Every_route_is_described_with_its_problems()
    {
        var document = (await portal.Get("/openapi/v1.json")).Json;
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(o => (Path: path.Name, Operation: o.Value))).ToList();
        Assert.Equal(38, operations.Count);
        foreach (var (path, operation) in operations)
        {
            Assert.False(string.IsNullOrWhiteSpace(operation.GetProperty("summary").GetString()), path);
            Assert.All(operation.GetProperty("responses").EnumerateObject(), r => Assert.False(string.IsNullOrWhiteSpace(r.Value.GetProperty("description").GetString()), $"{path} {r.Name}"));
            Assert.True(operation.GetProperty("responses").TryGetProperty("503", out _), path);
            foreach (var part in path.Split('/').Where(part => part.StartsWith('{')))
            {
                Assert.Contains(operation.GetProperty("parameters").EnumerateArray(), p => p.GetProperty("name").GetString() == part.Trim('{', '}'));
            }
        }
    }
}

using System.Text;
using EOrda.Accounts.Audit;
using EOrda.Accounts.People;
using EOrda.Portal.Administration;
using EOrda.Portal.Tests.Support;
using EOrda.Queues;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EOrda.Portal.Tests.Staff;

/// <summary>Localities, their rules and kindergartens, over HTTP (P1, P6, P7).</summary>
public sealed class AdministrationTests(StaffPortal portal) : IClassFixture<StaffPortal>
{
    private const string Localities = "/api/administration/localities";
    private const string Heading = "kindergarten,kind,name_kk,name_ru,name_en,address_ru,latitude,longitude,ownership\n";

    private Signed Who => portal.Administrator;

    [Fact]
    public async Task A_locality_that_is_set_up_is_there_with_its_name_and_rules_and_stands_in_the_trail()
    {
        Assert.Equal(200, (await SetUp("astana", """{"timeZone":"Asia/Almaty","reservationMinutes":12}""")).Status);
        var shown = (await portal.Portal.Get("/api/localities/astana")).Json;
        Assert.Equal(("Name ru", 12), (shown.GetProperty("name").GetProperty("ru").GetString(), shown.GetProperty("reservationMinutes").GetInt32()));
        var listed = (await Who.Get(Localities)).Json.GetProperty("localities").EnumerateArray().Single(l => l.GetProperty("locality").GetString() == "astana");
        Assert.Equal("АСТ", listed.GetProperty("letters").GetString());
        var trail = await Trail("locality-set-up", "astana");
        Assert.Equal((Role.Administrator, "order 12"), (trail.Actor.Duty!.Role, trail.Entry.Reason));
    }

    [Fact]
    public async Task Set_up_again_with_the_same_key_it_is_the_same_and_with_another_it_is_refused()
    {
        var first = await SetUp("semey", """{"timeZone":"Asia/Almaty"}""", "the-key");
        var again = await SetUp("semey", """{"timeZone":"Asia/Almaty"}""", "the-key");
        var other = await SetUp("semey", """{"timeZone":"Asia/Almaty"}""");
        Assert.Equal((200, 200, "duplicate-locality"), (first.Status, again.Status, other.Reason));
    }

    [Fact]
    public async Task A_locality_that_a_crash_left_without_a_name_gets_it_by_the_same_request()
    {
        const string Body = """{"timeZone":"Asia/Almaty"}""";
        var key = Idempotency.IdempotencyKey.Of("locality oral", "crashed");
        await portal.Portal.Node.Ask(new SetRules("oral", new EOrda.Queues.Rules.RulesDraft { TimeZone = "Asia/Almaty" }), key);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await portal.Portal.Get("/api/localities/oral")).Json.GetProperty("name").ValueKind);
        Assert.Equal(200, (await SetUp("oral", Body, "crashed")).Status);
        Assert.Equal("Name kk", (await portal.Portal.Get("/api/localities/oral")).Json.GetProperty("name").GetProperty("kk").GetString());
    }

    [Theory]
    [InlineData("""{"timeZone":"Asia/Nowhere"}""", "rules.timeZone")]
    [InlineData("{}", "rules.timeZone")]
    [InlineData("""{"timeZone":"Asia/Almaty","release":"25:00"}""", "rules.release")]
    [InlineData("""{"timeZone":"Asia/Almaty","freezeFrom":"08:00"}""", "rules.freezeFrom")]
    [InlineData("""{"timeZone":"Asia/Almaty","reservationMinutes":-1}""", "rules.reservationMinutes")]
    [InlineData("""{"timeZone":"Asia/Almaty","reservationMinutes":"ten"}""", "rules.reservationMinutes")]
    [InlineData("""{"timeZone":"Asia/Almaty","holidays":["tomorrow"]}""", "rules.holidays")]
    [InlineData("""{"timeZone":"Asia/Almaty","holidays":[null]}""", "rules.holidays")]
    [InlineData("""{"timeZone":"Asia/Almaty","unknown":1}""", "rules")]
    public async Task Bad_rules_name_the_rule_and_set_nothing_up(string rules, string field)
    {
        var reply = await SetUp("nowhere", rules);
        Assert.Equal((400, field), (reply.Status, reply.Json.GetProperty("field").GetString()));
        Assert.Equal(404, (await portal.Portal.Get("/api/localities/nowhere")).Status);
    }

    [Theory]
    [InlineData("locality", "Ал маты")]
    [InlineData("locality", "")]
    [InlineData("locality", "a/b")]
    [InlineData("locality", "-a")]
    [InlineData("letters", "1")]
    [InlineData("letters", "A1")]
    [InlineData("name.kk", " ")]
    [InlineData("name.en", "\u0001")]
    [InlineData("reason", "x")]
    public async Task A_bad_field_is_named(string field, string value)
    {
        string Of(string name, string good) => System.Text.Json.JsonSerializer.Serialize(name == field ? value : good);
        var body = $$$"""{"locality":{{{Of("locality", "nowhere")}}},"letters":{{{Of("letters", "НИГ")}}},"name":{"kk":{{{Of("name.kk", "a")}}},"ru":"a","en":{{{Of("name.en", "a")}}}},"rules":{"timeZone":"Asia/Almaty"},"reason":{{{Of("reason", "order 12")}}}}""";
        var reply = await Who.Post(Localities, body);
        Assert.Equal((400, field), (reply.Status, reply.Json.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task An_amendment_is_shown_as_a_difference_and_is_in_force_after_its_instant_and_not_before()
    {
        await SetUp("taraz", """{"timeZone":"Asia/Almaty"}""");
        var authority = await portal.Hire("taraz", Role.Authority, "taraz");
        var difference = (await authority.Post($"{Localities}/taraz/amendments/difference", """{"changes":{"reservationMinutes":15,"release":"07:00"}}""")).Json.GetProperty("changes");
        Assert.Equal("""[{"rule":"reservationMinutes","before":"10","after":"15"}]""", difference.GetRawText());
        var from = portal.Portal.Clock.GetUtcNow().AddMinutes(11);
        Assert.Equal(200, (await Amend(authority, "taraz", """{"reservationMinutes":15}""", from, "amend-1")).Status);
        Assert.Equal(200, (await Amend(authority, "taraz", """{"reservationMinutes":15}""", from, "amend-1")).Status);
        Assert.Equal("key-reused", (await Amend(authority, "taraz", """{"reservationMinutes":16}""", from, "amend-1")).Reason);
        Assert.Equal("pending", Assert.Single(await AmendmentsOf("taraz")).GetProperty("state").GetString());

        var amendments = portal.Portal.Services.GetRequiredService<Amendments>();
        portal.Portal.Clock.Advance(TimeSpan.FromMinutes(10));
        await amendments.DecideDueAsync(default);
        Assert.Equal("pending", Assert.Single(await AmendmentsOf("taraz")).GetProperty("state").GetString());
        portal.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await amendments.DecideDueAsync(default);
        Assert.Equal("decided", Assert.Single(await AmendmentsOf("taraz")).GetProperty("state").GetString());
        portal.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(15, (await portal.Portal.Get("/api/localities/taraz")).Json.GetProperty("reservationMinutes").GetInt32());
        Assert.Contains("reservationMinutes", (await Trail("rules-amended", "taraz")).Entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_amendment_is_never_decided()
    {
        await SetUp("aqtau", """{"timeZone":"Asia/Aqtau"}""");
        await Amend(Who, "aqtau", """{"cancelHours":12}""", portal.Portal.Clock.GetUtcNow().AddMinutes(11));
        var id = Assert.Single(await AmendmentsOf("aqtau")).GetProperty("amendment").GetString();
        Assert.Equal(200, (await Who.Post($"{Localities}/aqtau/amendments/{id}/withdrawal", """{"reason":"a slip"}""")).Status);
        Assert.Equal("unknown-amendment", (await Who.Post($"{Localities}/aqtau/amendments/{id}/withdrawal", """{"reason":"a slip"}""")).Reason);
        portal.Portal.Clock.Advance(TimeSpan.FromMinutes(13));
        await portal.Portal.Services.GetRequiredService<Amendments>().DecideDueAsync(default);
        Assert.Equal(24, (await portal.Portal.Get("/api/localities/aqtau")).Json.GetProperty("cancelHours").GetInt32());
    }

    [Theory]
    [InlineData("""{"reservationMinutes":15}""", 9, "from")]
    [InlineData("""{"reservationMinutes":15}""", 60 * 24 * 367, "from")]
    [InlineData("""{"reservationMinutes":10}""", 11, "changes")]
    [InlineData("{}", 11, "changes")]
    [InlineData("""{"timeZone":"Asia/Aqtau"}""", 11, "changes.timeZone")]
    [InlineData("""{"ageLimit":7}""", 11, "changes.ageLimit")]
    [InlineData("""{"handover":"06:00"}""", 11, "changes.release")]
    public async Task An_amendment_too_soon_too_late_of_nothing_or_of_what_is_fixed_is_refused(string changes, int minutes, string field)
    {
        var reply = await Amend(Who, "almaty", changes, portal.Portal.Clock.GetUtcNow().AddMinutes(minutes));
        Assert.Equal((400, field), (reply.Status, reply.Json.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task A_kindergarten_is_registered_once_and_called_anew_when_it_is_registered_again()
    {
        const string Address = $"{Localities}/almaty/kindergartens";
        static string Body(string name, string kind = "general") => $$"""{"kindergarten":"k-new","kind":"{{kind}}","name":{"kk":"{{name}}","ru":"{{name}}","en":"{{name}}"},"address":null,"latitude":43.2,"longitude":76.8,"ownership":"private","reason":"order 12"}""";
        Assert.Equal(200, (await Who.Post(Address, Body("First"))).Status);
        Assert.Equal(200, (await Who.Post(Address, Body("Second"))).Status);
        Assert.Equal("kindergarten-elsewhere", (await Who.Post(Address, Body("Third", "special"))).Reason);
        var told = Assert.Single((await portal.Portal.Get("/api/localities/almaty/kindergartens")).Json.GetProperty("kindergartens").EnumerateArray(), k => k.GetProperty("kindergarten").GetString() == "k-new");
        Assert.Equal(("Second", "private", 43.2), (told.GetProperty("name").GetProperty("en").GetString(), told.GetProperty("ownership").GetString(), told.GetProperty("latitude").GetDouble()));
    }

    [Theory]
    [InlineData("kindergarten", "\"a b\"")]
    [InlineData("kind", "\"nice\"")]
    [InlineData("latitude", "91")]
    [InlineData("longitude", "null")]
    [InlineData("ownership", "\"mine\"")]
    public async Task A_bad_field_of_a_kindergarten_is_named(string field, string value)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["kindergarten"] = "\"k-bad\"",
            ["kind"] = "\"general\"",
            ["name"] = """{"kk":"a","ru":"a","en":"a"}""",
            ["address"] = "null",
            ["latitude"] = "43",
            ["longitude"] = "76",
            ["ownership"] = "null",
            ["reason"] = "\"order 12\"",
        };
        fields[field] = value;
        var reply = await Who.Post($"{Localities}/almaty/kindergartens", $"{{{string.Join(',', fields.Select(f => $"\"{f.Key}\":{f.Value}"))}}}");
        Assert.Equal((400, field), (reply.Status, reply.Json.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task A_file_is_imported_and_imported_again_it_doubles_nothing()
    {
        await SetUp("shymkent", """{"timeZone":"Asia/Almaty"}""");
        var file = Heading + string.Concat(Enumerable.Range(1, 600).Select(i => $"shymkent-{i},general,№ {i} бөбекжай,Ясли-сад № {i},,\"улица {i}, 5\",42.3,69.6,state\n"));
        var dry = await Report("shymkent", file, dryRun: true);
        Assert.Equal("600 0 0 0", dry);
        Assert.Empty(await KindergartensOf("shymkent"));
        Assert.Equal("600 0 0 0", await Report("shymkent", file));
        Assert.Equal("0 0 600 0", await Report("shymkent", file));
        Assert.Equal("0 1 599 0", await Report("shymkent", file.Replace("Ясли-сад № 7,", "Ясли-сад «Семь»,", StringComparison.Ordinal)));
        var told = await KindergartensOf("shymkent");
        Assert.Equal(600, told.Count);
        Assert.Equal("Ясли-сад «Семь»", told.Single(k => k.GetProperty("kindergarten").GetString() == "shymkent-7").GetProperty("name").GetProperty("en").GetString());
        Assert.Equal("бірінші импорт", (await Trail("kindergartens-imported", "shymkent")).Entry.Reason);
    }

    [Fact]
    public async Task An_import_that_was_broken_off_between_the_queues_and_the_names_is_mended_by_the_same_file()
    {
        await SetUp("kokshetau", """{"timeZone":"Asia/Almaty"}""");
        await portal.Portal.Order(new RegisterKindergarten("kokshetau-1", "kokshetau", EOrda.Queues.Names.Kind.General));
        Assert.Equal("1 1 0 0", await Report("kokshetau", Heading + "kokshetau-1,general,a,b,,,,,\nkokshetau-2,general,a,b,,,,,\n"));
        Assert.All(await KindergartensOf("kokshetau"), k => Assert.Equal("b", k.GetProperty("name").GetProperty("ru").GetString()));
    }

    [Fact]
    public async Task Every_bad_row_is_named_and_then_nothing_of_the_file_is_done()
    {
        await SetUp("turkistan", """{"timeZone":"Asia/Almaty"}""");
        const string File = """
            name_ru;kindergarten;kind;name_kk;latitude;longitude;ownership
            Сад 1;t-1;general;Бақ 1;;;
            Сад 2;t 2;general;Бақ 2;;;
            ;t-3;general;Бақ 3;;;
            Сад 4;t-4;nice;Бақ 4;;;
            Сад 5;t-1;general;Бақ 5;;;
            Сад 6;k-1;general;Бақ 6;;;
            Сад 7;t-7;general;Бақ 7;north;76;
            Сад 8;t-8;general;Бақ 8;;76;
            Сад 9;t-9;general;Бақ 9;;;mine
            Сад 10;t-10;general
            Сад 11;t-11;general;Бақ 11;"43,5";76,5;private
            """;
        var reply = await Who.Import("turkistan", File);
        var report = reply.Json.GetProperty("report");
        Assert.Equal(
            ["3 kindergarten", "4 name_ru", "5 kind", "6 kindergarten", "7 kindergarten", "8 latitude", "9 latitude", "10 ownership", "11 "],
            report.GetProperty("faults").EnumerateArray().Select(f => $"{f.GetProperty("line").GetInt32()} {f.GetProperty("column").GetString()}"));
        Assert.Equal((9, 11), (report.GetProperty("badRows").GetInt32(), report.GetProperty("rows").GetInt32()));
        Assert.Empty(await KindergartensOf("turkistan"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("kindergarten,kind,name_kk\na,general,b\n", "name_ru")]
    [InlineData("kindergarten,kind,name_kk,name_ru,fee\n", "fee")]
    [InlineData("kindergarten,kind,name_kk,name_ru,kind\n", "kind")]
    [InlineData("kindergarten,kind,name_kk,name_ru\n\"a,general,b,c\n", "")]
    public async Task A_file_that_is_not_one_of_kindergartens_is_refused_as_a_whole(string file, string column)
    {
        var report = (await Who.Import("almaty", file)).Json.GetProperty("report");
        Assert.Equal(column, report.GetProperty("faults")[0].GetProperty("column").GetString());
    }

    [Fact]
    public async Task A_file_of_more_than_ten_megabytes_or_of_another_type_is_refused()
    {
        Assert.Equal("too-large", (await Who.Import("almaty", new string('x', (10 << 20) + 1))).Reason);
        Assert.Equal("wrong-content-type", (await Who.Post($"{Localities}/almaty/kindergartens/import", "{}")).Reason);
        Assert.Equal("unknown-locality", (await Who.Import("nowhere", Heading)).Reason);
    }

    [Fact]
    public void A_file_that_is_not_UTF_8_is_told_so() =>
        Assert.Equal("not CSV in UTF-8", Assert.Single(KindergartenFile.Read(Encoding.Latin1.GetBytes("kindergarten,kind,name_kk,name_ru\na,general,é,é\n"), Problems.Language.English, _ => null).Faults).Fault);

    private async Task<string> Report(string locality, string file, bool dryRun = false)
    {
        var reply = await Who.Import(locality, file, dryRun);
        var report = reply.Json.GetProperty("report");
        return string.Join(' ', new[] { "new", "changed", "same", "badRows" }.Select(count => report.GetProperty(count).GetInt32()));
    }

    private Task<Reply> SetUp(string locality, string rules, string? key = null) => Who.Post(
        Localities,
        $$"""{"locality":"{{locality}}","letters":"{{(locality == "astana" ? "аст" : "ЛОК")}}","name":{"kk":"Name kk","ru":"Name ru","en":"Name en"},"rules":{{rules}},"reason":"order 12"}""",
        key);

    private static Task<Reply> Amend(Signed who, string locality, string changes, DateTimeOffset from, string? key = null) =>
        who.Post($"{Localities}/{locality}/amendments", $$"""{"changes":{{changes}},"from":"{{from:O}}","reason":"order 13"}""", key);

    private async Task<List<System.Text.Json.JsonElement>> AmendmentsOf(string locality) =>
        [.. (await Who.Get($"{Localities}/{locality}")).Json.GetProperty("amendments").EnumerateArray()];

    private async Task<List<System.Text.Json.JsonElement>> KindergartensOf(string locality) =>
        [.. (await portal.Portal.Get($"/api/localities/{locality}/kindergartens")).Json.GetProperty("kindergartens").EnumerateArray()];

    private async Task<AuditRecord> Trail(string action, string subject) =>
        (await portal.Portal.Services.GetRequiredService<AuditTrail>().Search(new AuditQuery { Action = action, SubjectId = subject })).Value[0];
}

using EOrda.Portal.Administration;
using EOrda.Portal.Hosting;
using EOrda.Portal.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace EOrda.Portal.Tests.Staff;

/// <summary>The first hour of a portal in Production, on an empty data directory and a phone: the first administrator enrols, signs in, sets a locality up and imports kindergartens.</summary>
public sealed class FirstHourTests
{
    private const string Password = "seven quiet herons walk";

    private const string Csv = """
        kindergarten;kind;name_kk;name_ru;address_ru;latitude;longitude;ownership
        astana-1;general;№ 1 «Балапан» бөбекжайы;Ясли-сад № 1 «Балапан»;улица Абая, 1;51,12;71,43;state
        astana-2;general;№ 2 «Күншуақ» бөбекжайы;Ясли-сад № 2 «Куншуак»;улица Сейфуллина, 2;51,13;71,44;private
        astana-3;special;№ 3 арнайы балабақшасы;Специальный сад № 3;;;;state
        """;

    /// <summary>What a person reads, in Kazakh and in Russian.</summary>
    private static readonly Dictionary<string, Labels> Texts = new(StringComparer.Ordinal)
    {
        ["kk-KZ"] = new("Тіркелгіні баптау", "Жаңа құпиясөз", "Қолданбадағы алты цифр", "Тіркелгіні жасау", "Логин (кіру аты)", "Құпиясөз", "Кіру", "Елді мекен құру", "Елді мекеннің белгісі", "Жолдама нөмірлеріндегі әріптер", "Қазақша атауы", "Орысша атауы", "Ағылшынша атауы", "Себебі", "Құру", "CSV файлынан импорттау", "Тек тексеру", "Импорттауды бастау", "Импортталды.", "Файлда қателер бар. Ештеңе импортталған жоқ.", "№ 2 «Күншуақ» бөбекжайы", "Логин, құпиясөз немесе код қате"),
        ["ru-RU"] = new("Создание учётной записи", "Новый пароль", "Шесть цифр из приложения", "Создать учётную запись", "Логин", "Пароль", "Войти", "Создать населённый пункт", "Ключ населённого пункта", "Буквы в номерах направлений", "Название на казахском", "Название на русском", "Название на английском", "Причина", "Создать", "Импорт из файла CSV", "Только проверить", "Импортировать", "Импортировано.", "В файле есть ошибки. Ничего не импортировано.", "Ясли-сад № 2 «Куншуак»", "Неверный логин, пароль или код"),
    };

    public static TheoryData<string> Locales => [.. Texts.Keys];

    [ChromiumTheory]
    [MemberData(nameof(Locales))]
    public async Task The_first_administrator_makes_an_empty_portal_useful(string locale)
    {
        var w = Texts[locale];
        using var data = new TemporaryDirectory();
        await using var app = await StartAsync(data.Path);
        var portal = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var link = await LinkAsync(data.Path, portal);

        await using var browser = await RaceBrowser.StartAsync();
        var page = await browser.TabAsync(locale, new() { ViewportSize = new() { Width = 360, Height = 740 }, BaseURL = portal });

        // Enrol: the key goes into an authenticator, which is this test.
        await page.GotoAsync(link);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = w.Enrolling })).ToBeVisibleAsync();
        Assert.DoesNotContain("#", page.Url, StringComparison.Ordinal);
        var key = await page.GetByTestId("authenticator-key").InnerTextAsync();
        await LookAsync(page, locale, "enrolling");
        await page.GetByLabel(w.NewPassword).FillAsync(Password);
        await page.GetByLabel(w.Code).FillAsync(StaffPortal.Code(key, DateTimeOffset.UtcNow));
        await Press(page, w.Enrol);

        // A code is taken once, so signing in takes the next one, which fits already.
        await page.GetByLabel(w.Login, new() { Exact = true }).FillAsync("aigerim");
        await page.GetByLabel(w.PasswordLabel, new() { Exact = true }).FillAsync("not this password");
        await page.GetByLabel(w.Code).FillAsync("000000");
        await Press(page, w.Enter);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(w.WrongCredentials);
        await LookAsync(page, locale, "signing-in");
        await page.GetByLabel(w.PasswordLabel, new() { Exact = true }).FillAsync(Password);
        await page.GetByLabel(w.Code).FillAsync(StaffPortal.Code(key, DateTimeOffset.UtcNow.AddSeconds(30)));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Айгерим С." })).ToBeVisibleAsync();

        // A locality with the default rules; a bad key is named at its field.
        await Press(page, w.SetUp);
        await page.GetByLabel(w.LocalityKey).FillAsync("Астана");
        await page.GetByLabel(w.Letters).FillAsync("АСТ");
        foreach (var label in new[] { w.NameKk, w.NameRu, w.NameEn })
        {
            await page.GetByLabel(label).FillAsync("Астана");
        }

        await page.GetByLabel(w.Reason).FillAsync("Приказ № 12");
        await LookAsync(page, locale, "setting-up");
        await Press(page, w.DoSetUp);
        await Expect(page.GetByLabel(w.LocalityKey)).ToHaveAttributeAsync("aria-invalid", "true");
        await page.GetByLabel(w.LocalityKey).FillAsync("astana");
        await Press(page, w.DoSetUp);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Астана" })).ToBeVisibleAsync();

        // A file with a bad row does nothing, and the same file mended does all.
        await page.GetByText(w.Import, new() { Exact = true }).ClickAsync();
        var importing = page.Locator("form:has(input[type=file])");
        await importing.GetByLabel(w.Reason).FillAsync("Приказ № 13");
        await ChooseAsync(importing, Csv.Replace("special", "nice", StringComparison.Ordinal));
        await importing.GetByRole(AriaRole.Button, new() { Name = w.DoImport, Exact = true }).ClickAsync();
        await Expect(page.GetByTestId("import-report")).ToContainTextAsync(w.NothingImported);
        await LookAsync(page, locale, "faults");
        await ChooseAsync(importing, Csv);
        await importing.GetByRole(AriaRole.Button, new() { Name = w.DryRun, Exact = true }).ClickAsync();
        await Expect(page.GetByTestId("import-report")).ToHaveClassAsync("done");
        await Expect(page.GetByTestId("kindergartens").Locator("li")).ToHaveCountAsync(0);
        await importing.GetByRole(AriaRole.Button, new() { Name = w.DoImport, Exact = true }).ClickAsync();
        await Expect(page.GetByTestId("import-report")).ToContainTextAsync(w.Imported);
        await Expect(page.GetByTestId("kindergartens").Locator("li")).ToHaveCountAsync(3);
        await Expect(page.GetByTestId("kindergartens")).ToContainTextAsync(w.Kindergarten);
        await LookAsync(page, locale, "imported");

        // A reload loses nothing.
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Астана" })).ToBeVisibleAsync();
        Assert.Empty(browser.Complaints);
    }

    private static async Task<WebApplication> StartAsync(string data)
    {
        // Over plain HTTP browsers take no Secure cookies, so the portal is told that there is no TLS.
        var app = PortalApplication.Build(
            ["--urls", "http://127.0.0.1:0", "--data", data, "--environment", "Production", "--insecure"],
            OwnNode.StartAsync,
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton(new StartupConsole(TextWriter.Null, TextWriter.Null));
            });
        await app.StartAsync();
        await app.Services.GetRequiredService<NodeHost>().ExecuteTask!.WaitAsync(TimeSpan.FromMinutes(2));
        return app;
    }

    private static async Task<string> LinkAsync(string data, string portal)
    {
        await using StringWriter said = new(), errors = new();
        Assert.Equal(0, await AdministratorLink.RunAsync(["--data", data, "--urls", portal, "--environment", "Production", "--first-administrator", "aigerim", "Айгерим С."], said, errors));
        return Assert.Single(said.ToString().Split('\n'), line => line.Contains("/staff#", StringComparison.Ordinal) && line.StartsWith("http", StringComparison.Ordinal)).Trim();
    }

    private static Task Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    private static Task ChooseAsync(ILocator form, string csv) =>
        form.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "kindergartens.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(csv) });

    /// <summary>What holds of every state of the page: nothing is wider than the phone, it is in the language asked for, and axe finds nothing.</summary>
    private static async Task LookAsync(IPage page, string locale, string state)
    {
        await Screenshots.TakeAsync(page, $"staff-{state}-{locale}");
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"), state);
        Assert.Empty(await Axe.FaultsAsync(page));
        Assert.Equal(locale[..2], await page.EvaluateAsync<string>("document.documentElement.lang"));
    }

    private sealed record Labels(
        string Enrolling, string NewPassword, string Code, string Enrol, string Login, string PasswordLabel, string Enter, string SetUp, string LocalityKey, string Letters, string NameKk, string NameRu, string NameEn, string Reason, string DoSetUp, string Import, string DryRun, string DoImport, string Imported, string NothingImported, string Kindergarten, string WrongCredentials);
}

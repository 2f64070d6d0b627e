using EOrda.Accounts;
using EOrda.Accounts.Codes;
using EOrda.Accounts.Database;
using EOrda.Accounts.Staff;
using EOrda.Portal.Demonstration;
using EOrda.Portal.Hosting;
using EOrda.Portal.Problems;
using EOrda.Portal.Sessions;

namespace EOrda.Portal.Administration;

/// <summary>
/// The command lines that make a link for an administrator and end: <c>--first-administrator LOGIN "NAME"</c> and <c>--recover-administrator LOGIN</c>. The portal may run
/// meanwhile. The token stands behind the <c>#</c>, so no server and no proxy ever sees it in an address.
/// </summary>
internal static class AdministratorLink
{
    private const string First = "--first-administrator";
    private const string Recover = "--recover-administrator";
    private const string Page = "/staff#";

    /// <summary>True when a link is asked for instead of the portal.</summary>
    public static bool IsAskedFor(string[] args) => args.Any(arg => arg is First or Recover);

    /// <summary>Makes the link and prints it.</summary>
    /// <returns>The exit code: 0 with a link, 1 without.</returns>
    /// <exception cref="InvalidSettingException">The command line is not what it should be.</exception>
    /// <exception cref="AccountsStartException">The accounts cannot be opened.</exception>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var at = Array.FindIndex(args, arg => arg is First or Recover);
        var values = args[at] == First ? 2 : 1;
        if (args.Length - at - 1 < values || args[(at + 1)..(at + 1 + values)].Any(value => value.StartsWith("--", StringComparison.Ordinal)))
        {
            throw new InvalidSettingException(values == 2 ? $"{First}: a login and a name are needed, {First} admin \"Name of the person\"." : $"{Recover}: a login is needed.");
        }

        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = CommandLine.Read([.. args[..at], .. args[(at + 1 + values)..]]),
            ContentRootPath = AppContext.BaseDirectory,
        });
        var settings = PortalSettings.Read(builder.Configuration, builder.Environment);
        settings.MakeData();
        DemonstrationMark.Check(settings.Data, builder.Environment.IsDevelopment());
        var outcome = await MakeAsync(settings, args[at] == First, args[(at + 1)..(at + 1 + values)]);
        if (!outcome.IsGiven)
        {
            var (title, detail) = Wording.Of(outcome.Refusal.Reason, Language.English);
            await errors.WriteLineAsync($"There is no link: {title}. {detail}");
            return 1;
        }

        var address = (builder.Configuration[WebHostDefaults.ServerUrlsKey] ?? PortalSettings.DefaultAddress).Split(';')[0].TrimEnd('/');
        await output.WriteLineAsync($"{address}{Page}{outcome.Value.Token}");
        await output.WriteLineAsync($"Good once, until {outcome.Value.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC. Where people know the portal by another address, open {Page} with what follows it there.");
        return 0;
    }

    private static async Task<Outcome<EnrolmentLink>> MakeAsync(PortalSettings settings, bool isFirst, string[] values)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ICodeSender>(new CodeOutbox(settings.Data));
        services.AddAccounts(await AccountsStart.Prepare(AccountsInPortal.PlaceOf(settings)), new AccountOptions());
        await using var provider = services.BuildServiceProvider();
        var accounts = provider.GetRequiredService<StaffAccounts>();
        return isFirst ? await accounts.FirstAdministrator(values[0], values[1]) : await accounts.RecoverAdministrator(values[0]);
    }
}

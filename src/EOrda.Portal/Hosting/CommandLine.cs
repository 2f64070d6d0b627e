namespace EOrda.Portal.Hosting;

/// <summary>
/// The form of the command line: <c>--name value</c> or <c>--name=value</c>, again and again, and <c>--insecure</c>, which needs no value. What the configuration would
/// pass over is refused, and a name that nothing reads too.
/// </summary>
internal static class CommandLine
{
    private const string Insecure = "--insecure";
    private const string Usage = "--help tells every option.";
    private static readonly string[] HelpWords = ["--help", "-h", "-?"];

    // What is read besides the portal's own settings and bounds (docs/operations.md, "Settings"): by its beginning, as .NET and OpenTelemetry have many.
    private const string Hosts = "AllowedHosts";
    private static readonly string[] OthersBeginnings = ["Logging:", "Kestrel:", "OTEL_"];

    /// <summary>True when nothing but the options are asked for.</summary>
    public static bool AsksForHelp(string[] args) => args.Any(arg => HelpWords.Contains(arg, StringComparer.Ordinal));

    /// <summary>Checks the form and the names. Names are told apart without regard to case, as the configuration does.</summary>
    /// <returns>The command line as the configuration reads it.</returns>
    /// <exception cref="InvalidSettingException">An option has no value, there is no such option, or there is something that is no option.</exception>
    public static string[] Read(string[] args)
    {
        args = [.. args.Select(arg => arg == Insecure ? Insecure + "=true" : arg)];
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                throw new InvalidSettingException($"'{args[i]}' is not an option. {Usage}");
            }

            var name = args[i].Split('=', 2)[0];
            if (!IsKnown(name[2..]))
            {
                throw new InvalidSettingException($"{name}: there is no such option. {Usage}");
            }

            if (!args[i].Contains('=', StringComparison.Ordinal) && ++i == args.Length)
            {
                throw new InvalidSettingException($"{args[^1]}: a value is needed. {Usage}");
            }
        }

        return args;
    }

    // Of a bound only the group is looked at here: who reads the group refuses a bound that it does not have.
    private static bool IsKnown(string name) =>
        OptionsHelp.Settings.Any(setting => name.Equals(setting.Name, StringComparison.OrdinalIgnoreCase))
        || PortalBounds.Sections.Keys.Any(section => name.StartsWith($"{section}:", StringComparison.OrdinalIgnoreCase))
        || name.Equals(Hosts, StringComparison.OrdinalIgnoreCase)
        || OthersBeginnings.Any(beginning => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));
}

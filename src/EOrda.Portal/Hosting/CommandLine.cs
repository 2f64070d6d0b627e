namespace EOrda.Portal.Hosting;

/// <summary>
/// The form of the command line: <c>--name value</c> or <c>--name=value</c>, again and again, and <c>--insecure</c>, which needs no value. What the configuration would
/// pass over is refused.
/// </summary>
internal static class CommandLine
{
    private const string Insecure = "--insecure";
    private const string Usage = "--help tells every option.";
    private static readonly string[] HelpWords = ["--help", "-h", "-?"];

    /// <summary>True when nothing but the options are asked for.</summary>
    public static bool AsksForHelp(string[] args) => args.Any(arg => HelpWords.Contains(arg, StringComparer.Ordinal));

    /// <summary>Checks the form.</summary>
    /// <returns>The command line as the configuration reads it.</returns>
    /// <exception cref="InvalidSettingException">An option has no value, or there is something that is no option.</exception>
    public static string[] Read(string[] args)
    {
        args = [.. args.Select(arg => arg == Insecure ? Insecure + "=true" : arg)];
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                throw new InvalidSettingException($"'{args[i]}' is not an option. {Usage}");
            }

            if (!args[i].Contains('=', StringComparison.Ordinal) && ++i == args.Length)
            {
                throw new InvalidSettingException($"{args[^1]}: a value is needed. {Usage}");
            }
        }

        return args;
    }
}

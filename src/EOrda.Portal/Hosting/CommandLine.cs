namespace EOrda.Portal.Hosting;

/// <summary>The form of the command line: <c>--name value</c> or <c>--name=value</c>, again and again. What the configuration would pass over is refused.</summary>
internal static class CommandLine
{
    private const string Usage = "--help tells every option.";
    private static readonly string[] HelpWords = ["--help", "-h", "-?"];

    /// <summary>True when nothing but the options are asked for.</summary>
    public static bool AsksForHelp(string[] args) => args.Any(arg => HelpWords.Contains(arg, StringComparer.Ordinal));

    /// <summary>Checks the form.</summary>
    /// <exception cref="InvalidSettingException">An option has no value, or there is something that is no option.</exception>
    public static void Check(string[] args)
    {
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
    }
}

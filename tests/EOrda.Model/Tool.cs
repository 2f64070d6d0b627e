using EOrda.Model.Generation;
using EOrda.Model.Replay;

namespace EOrda.Model;

/// <summary>The command line: replay, check, generate, stats.</summary>
internal static class Tool
{
    public static int Usage()
    {
        Console.Error.WriteLine(
            """
            replay FILE                                    print the answers
            check FILE EXPECTED                            compare the answers with an expected file
            generate --seed N --lines M [--profile NAME]   print a random valid replay file (NAME: mixed, twins, calendar, long, race, limits, carry)
            stats FILE...                                  count answers per command and reason
            """);
        return 1;
    }

    /// <summary>replay.md, head: a malformed line stops the run with exit code 2, standard error naming file, line and fault.</summary>
    public static int Replay(string file)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput());
        return Run(file, (_, answer) => output.Write(answer + "\n"));
    }

    public static int Check(string file, string expected)
    {
        var answers = new List<(string Line, string Answer)>();
        var code = Run(file, (line, answer) => answers.Add((line, answer)));
        var different = Comparison.FirstDifferences(answers, File.ReadAllLines(expected), Console.Out);
        return code != 0 ? code : different ? 1 : 0;
    }

    public static int Stats(IReadOnlyList<string> files)
    {
        var statistics = new Statistics();
        foreach (var file in files)
        {
            if (Run(file, statistics.Count, statistics.Tell) is not 0 and var code)
                return code;
        }

        statistics.Print(Console.Out);
        return 0;
    }

    public static int Generate(IReadOnlyList<string> options)
    {
        var given = options.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        if (!int.TryParse(given.GetValueOrDefault("--seed"), out var seed)
            || !int.TryParse(given.GetValueOrDefault("--lines"), out var lines)
            || !Profile.ByName.TryGetValue(given.GetValueOrDefault("--profile", "mixed"), out var profile))
            return Usage();
        using var output = new StreamWriter(Console.OpenStandardOutput());
        foreach (var line in new Generator(seed, lines, profile).Write())
            output.Write(line + "\n");
        return 0;
    }

    private static int Run(string file, Action<string, string> answered, Action<string>? told = null)
    {
        var model = new NaiveModel();
        if (told is not null)
            model.Told = told;
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            try
            {
                if (model.Answer(line) is { } answer)
                    answered(line, answer);
            }
            catch (MalformedLineException fault)
            {
                Console.Error.WriteLine($"{file}:{number}: {fault.Message}");
                return 2;
            }
        }

        return 0;
    }
}

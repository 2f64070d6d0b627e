using System.CommandLine;
using System.Text.Json;
using EOrda.Load.Reports;
using EOrda.Load.Scenarios;
using Spectre.Console;

namespace EOrda.Load.Commands;

/// <summary><c>compare A.json B.json</c>: two runs side by side.</summary>
internal static class CompareCommand
{
    private const int Unusable = 2;

    public static Command Create()
    {
        var first = new Argument<FileInfo>("A") { Description = "A run's JSON." };
        var second = new Argument<FileInfo>("B") { Description = "Another's." };
        var command = new Command("compare", "Show two runs side by side.") { first, second };
        command.SetAction(parsed =>
        {
            try
            {
                AnsiConsole.Write(Comparison.TableOf(Read(parsed.GetRequiredValue(first)), Read(parsed.GetRequiredValue(second))));
                return 0;
            }
            catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(e.Message);
                return Unusable;
            }
        });
        return command;
    }

    private static RunReport Read(FileInfo file)
    {
        using var stream = file.OpenRead();
        return JsonSerializer.Deserialize<RunReport>(stream, ScenarioFile.Json) ?? throw new JsonException($"{file.Name} is empty.");
    }
}

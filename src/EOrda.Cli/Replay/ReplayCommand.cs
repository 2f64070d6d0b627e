using System.CommandLine;

namespace EOrda.Cli.Replay;

/// <summary><c>eorda replay FILE</c>: runs the rules over a file on virtual time (docs/replay.md).</summary>
internal static class ReplayCommand
{
    private const int Malformed = 2;
    private const int ProgressEvery = 1 << 14;
    private static readonly TimeSpan ProgressPause = TimeSpan.FromSeconds(1);

    public static System.CommandLine.Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The JSON Lines file to run." };
        var output = new Option<FileInfo?>("--out") { Description = "Write the answers to a file instead of standard output." };
        var command = new System.CommandLine.Command("replay", "Run the rules over a file of commands on virtual time, and answer each line.") { file, output };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(file), parsed.GetValue(output)));
        return command;
    }

    private static int Run(FileInfo file, FileInfo? output)
    {
        try
        {
            using var input = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            using var answerStream = output is null ? Console.OpenStandardOutput() : output.Create();
            using var answers = new AnswerWriter(answerStream);
            var run = new ReplayRun(new LineReader(input), answers, unknown => Console.Error.WriteLine(
                $"{file.Name}:{unknown.Line}: {unknown.Locality}: a deadline reaches {unknown.Year}, of which the calendar names no date"));
            return Answer(run, answers, file.Name);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"eorda: {fault.Message}");
            return Malformed;
        }
    }

    private static int Answer(ReplayRun run, AnswerWriter answers, string file)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        var shown = TimeSpan.Zero;
        try
        {
            while (run.Step())
            {
                if (run.Line % ProgressEvery == 0 && !Console.IsErrorRedirected && clock.GetElapsedTime(started) is var elapsed && elapsed - shown >= ProgressPause)
                {
                    shown = elapsed;
                    Console.Error.Write($"\r{run.Line:N0} lines, {run.Line / elapsed.TotalSeconds:N0} a second ");
                }
            }

            return 0;
        }
        catch (MalformedLineException fault)
        {
            answers.Flush();
            Console.Error.WriteLine($"{file}:{run.Line}: {fault.Message}");
            return Malformed;
        }
        finally
        {
            answers.Flush();
            if (shown > TimeSpan.Zero)
            {
                Console.Error.WriteLine();
            }
        }
    }
}

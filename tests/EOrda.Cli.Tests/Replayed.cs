using System.Text;
using EOrda.Cli.Replay;

namespace EOrda.Cli.Tests;

/// <summary>A replay run in this process: its answers, and where and why it stopped if it did.</summary>
/// <param name="Answers">The answer lines.</param>
/// <param name="Line">The number of the malformed line, or null.</param>
/// <param name="Fault">What is wrong with it, or null.</param>
internal sealed record Replayed(IReadOnlyList<string> Answers, long? Line, string? Fault)
{
    /// <summary>The years that deadlines reached and a calendar does not know.</summary>
    public IReadOnlyList<UnknownYear> UnknownYears { get; private init; } = [];

    /// <summary>Runs lines joined by line feeds.</summary>
    public static Replayed Of(params IEnumerable<string> lines) => Of(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    /// <summary>Runs a file's bytes.</summary>
    public static Replayed Of(byte[] file)
    {
        using var output = new MemoryStream();
        using var answers = new AnswerWriter(output);
        var unknownYears = new List<UnknownYear>();
        var run = new ReplayRun(new LineReader(new MemoryStream(file)), answers, unknownYears.Add);
        string? fault = null;
        try
        {
            while (run.Step())
            {
            }
        }
        catch (MalformedLineException malformed)
        {
            fault = malformed.Message;
        }

        answers.Flush();
        var text = Encoding.UTF8.GetString(output.ToArray());
        return new Replayed(text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n'), fault is null ? null : run.Line, fault) { UnknownYears = unknownYears };
    }
}

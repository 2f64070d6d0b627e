using System.Text.Json.Nodes;

namespace EOrda.Model;

/// <summary>Counts answers per command and reason, and what happened underneath, so that coverage can be judged.</summary>
internal sealed class Statistics
{
    private readonly SortedDictionary<string, int> answers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> happenings = new(StringComparer.Ordinal);

    public void Count(string line, string answer)
    {
        var command = JsonNode.Parse(line)!;
        var form = (string)command["do"]!;
        if (form == "reserve")
            form += command["applications"] is not null ? " (batch)" : command["place"] is not null ? " (place)" : " (kindergarten)";
        Add(answers, $"{form}\t{(string?)JsonNode.Parse(answer)!["reason"] ?? "ok"}");
    }

    public void Tell(string happening) => Add(happenings, happening);

    public void Print(TextWriter output)
    {
        foreach (var (what, count) in answers)
            output.WriteLine($"{count}\t{what}");
        output.WriteLine();
        foreach (var (what, count) in happenings)
            output.WriteLine($"{count}\t{what}");
    }

    private static void Add(SortedDictionary<string, int> counts, string what) => counts[what] = counts.GetValueOrDefault(what) + 1;
}

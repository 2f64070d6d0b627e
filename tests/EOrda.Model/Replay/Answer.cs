using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EOrda.Model.Replay;

/// <summary>What a command answers: its results, or the first reason that applies (replay.md, head).</summary>
internal sealed class Answer
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly (string Name, JsonNode? Value)[] results;

    private Answer(string? reason, (string Name, JsonNode? Value)[] results)
    {
        Reason = reason;
        this.results = results;
    }

    /// <summary>Null when the command was done.</summary>
    public string? Reason { get; }

    public static Answer Ok(params (string Name, JsonNode? Value)[] results) => new(null, results);

    public static Answer No(string reason) => new(reason, []);

    public string Write(int line)
    {
        var answer = new JsonObject { ["line"] = line, ["ok"] = Reason is null };
        if (Reason is not null)
            answer["reason"] = Reason;
        foreach (var (name, value) in results)
            answer[name] = value;
        return answer.ToJsonString(Plain);
    }
}

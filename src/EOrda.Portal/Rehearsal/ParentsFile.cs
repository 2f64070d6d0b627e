using System.Text.Json;
using System.Text.Json.Serialization;
using EOrda.Actors.Persistence;
using EOrda.Portal.Secrets;
using EOrda.Queues;

namespace EOrda.Portal.Rehearsal;

/// <summary>
/// The made-up parents with their secrets, for the load tool: <c>rehearsal.jsonl</c> in the data directory, for the owner's eyes only. The first line
/// holds the token that moves the clock, each further one an application.
/// </summary>
internal static class ParentsFile
{
    /// <summary>The file's name in the data directory.</summary>
    public const string Name = "rehearsal.jsonl";

    /// <summary>What stands for the rehearsal itself where an application's number would stand; too unlike one to be one.</summary>
    public const string TokenOf = "rehearsal: clock and mornings";

    /// <summary>True when a directory has the file.</summary>
    public static bool IsIn(string directory) => File.Exists(Path.Combine(directory, Name));

    /// <summary>Writes the file, in place of one that is there.</summary>
    public static void Write(string directory, ApplicationSecrets secrets, IEnumerable<Submit> parents) =>
        PrivateFiles.Replace(Path.Combine(directory, Name), file =>
        {
            using var lines = new StreamWriter(file, leaveOpen: true);
            lines.Write(JsonSerializer.Serialize(new RehearsalToken(secrets.Of(TokenOf)), ParentsJson.Default.RehearsalToken) + "\n");
            foreach (var parent in parents)
            {
                var line = new RehearsalParent(parent.Queue, parent.Application, secrets.Of(parent.Application));
                lines.Write(JsonSerializer.Serialize(line, ParentsJson.Default.RehearsalParent) + "\n");
            }
        });
}

/// <summary>The first line.</summary>
internal sealed record RehearsalToken(string Token);

/// <summary>An application and its secret.</summary>
internal sealed record RehearsalParent(string Queue, string Application, string Secret);

/// <summary>How the lines are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RehearsalToken))]
[JsonSerializable(typeof(RehearsalParent))]
internal sealed partial class ParentsJson : JsonSerializerContext;

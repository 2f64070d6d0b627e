using System.Text.Json;
using EOrda.Load.Scenarios;

namespace EOrda.Load.Portal;

/// <summary>An application with the secret that its commands need.</summary>
internal sealed record Credential(string Queue, string Application, string Secret);

/// <summary>Whom the tool may play: the lines of a rehearsal's file of parents.</summary>
/// <param name="Token">What moves a rehearsal's clock; null of a portal that runs on the real time.</param>
/// <param name="Parents">The applications.</param>
internal sealed record Credentials(string? Token, IReadOnlyList<Credential> Parents)
{
    private const int MostParents = 1_000_000;

    /// <summary>Reads a file: a line <c>{"token":…}</c> where there is one, and a line an application.</summary>
    /// <exception cref="ScenarioException">It is not such a file.</exception>
    public static Credentials Read(string path)
    {
        string? token = null;
        var parents = new List<Credential>();
        try
        {
            foreach (var line in File.ReadLines(path).Where(line => line.Length > 0))
            {
                if (token is null && parents.Count == 0 && line.StartsWith("{\"token\"", StringComparison.Ordinal))
                {
                    token = JsonDocument.Parse(line).RootElement.GetProperty("token").GetString();
                }
                else if (parents.Count < MostParents)
                {
                    parents.Add(JsonSerializer.Deserialize<Credential>(line, ScenarioFile.Json)!);
                }
            }
        }
        catch (JsonException e)
        {
            throw new ScenarioException($"'{path}': {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException(e.Message);
        }

        return new Credentials(token, parents);
    }
}

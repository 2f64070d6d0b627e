using System.Text.Json;
using EOrda.Actors.Persistence;

namespace EOrda.Portal.Demonstration;

/// <summary>What the demonstration remembers from start to start, in its data directory, so that the journal's time never goes back.</summary>
/// <param name="OffsetMilliseconds">How far the clock is ahead of the real time.</param>
/// <param name="Loaded">True when the city is loaded as a whole.</param>
/// <param name="LastMorning">The latest morning for which places were reported, <c>yyyy-MM-dd</c>.</param>
internal sealed record DemonstrationState(long OffsetMilliseconds, bool Loaded, string LastMorning)
{
    private const string FileName = "demonstration.json";

    /// <summary>True when a demonstration has run on a directory.</summary>
    public static bool IsIn(string directory) => File.Exists(Path.Combine(directory, FileName));

    /// <summary>Reads what is remembered in a directory; null when the demonstration never ran there.</summary>
    /// <exception cref="InvalidDataException">The file is not readable.</exception>
    public static DemonstrationState? Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), CityJson.Default.DemonstrationState);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Remembers it.</summary>
    public void Write(string directory) =>
        PrivateFiles.Replace(Path.Combine(directory, FileName), file => JsonSerializer.Serialize(file, this, CityJson.Default.DemonstrationState));
}

using EOrda.Actors.Persistence;
using EOrda.Portal.Hosting;

namespace EOrda.Portal.Demonstration;

/// <summary>
/// The mark that a data directory is a demonstration's. In Development the portal gives secrets away, so it runs on marked data only; and on marked data it runs in
/// Development only, for its secrets were given away.
/// </summary>
internal static class DemonstrationMark
{
    /// <summary>The file's name in the data directory.</summary>
    public const string Name = "demonstration.mark";

    private static ReadOnlySpan<byte> Text => "The secrets of the applications in this directory were given away. Use it for nothing but demonstrations.\n"u8;

    /// <summary>Goes on only where the data and the environment fit together; marks a directory without a journal when Development begins on it.</summary>
    /// <exception cref="InvalidSettingException">They do not.</exception>
    public static void Check(string directory, bool isDevelopment)
    {
        var path = Path.Combine(directory, Name);
        var isMarked = File.Exists(path) || DemonstrationState.IsIn(directory);
        if (!isDevelopment && isMarked)
        {
            throw new InvalidSettingException($"--data: '{directory}' is a demonstration's: the secrets of its applications were given away. Give a directory of its own.");
        }

        if (isDevelopment && !isMarked)
        {
            if (Database.IsIn(directory))
            {
                throw new InvalidSettingException($"--data: '{directory}' has a journal that is no demonstration's, and in Development the secrets of its applications would be given away.");
            }

            PrivateFiles.Replace(path, file => file.Write(Text));
        }
    }
}

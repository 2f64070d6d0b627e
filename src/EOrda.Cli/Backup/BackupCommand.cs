using System.CommandLine;
using EOrda.Actors.Persistence;
using EOrda.Actors.Sqlite;
using EOrda.Cli.Keys;

namespace EOrda.Cli.Backup;

/// <summary><c>eorda backup DIR TO</c>: copies a data directory while a portal may be running on it.</summary>
internal static class BackupCommand
{
    private const int Failed = 2;

    public static Command Create()
    {
        var directory = new Argument<DirectoryInfo>("DIR") { Description = "The data directory; a portal may be running on it." };
        var target = new Argument<DirectoryInfo>("TO") { Description = "The directory to make; absent or empty." };
        var command = new Command("backup", "Copy a data directory, its journal as of one instant.") { directory, target };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(directory), parsed.GetRequiredValue(target)));
        return command;
    }

    private static int Run(DirectoryInfo directory, DirectoryInfo target)
    {
        try
        {
            // A directory without a journal is refused below, for that.
            if (SqliteJournal.IsIn(directory.FullName))
            {
                SecretKey.Check(directory.FullName);
            }

            var bytes = SqliteFile.IsIn(directory.FullName)
                ? PagesBackup.Write(directory.FullName, target.FullName)
                : JournalBackup.Write(directory.FullName, target.FullName);
            Console.WriteLine($"{target.FullName}: a journal of {bytes:N0} bytes. 'eorda verify' checks it.");
            return 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"eorda: {fault.Message}");
            return Failed;
        }
    }
}

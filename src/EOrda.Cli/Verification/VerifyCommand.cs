using System.CommandLine;
using EOrda.Actors.Audit;
using EOrda.Actors.Journal;
using EOrda.Actors.Sqlite;
using EOrda.Cli.Keys;

namespace EOrda.Cli.Verification;

/// <summary><c>eorda verify DIR</c>: rebuilds everything from the journal alone and checks that it holds together.</summary>
internal static class VerifyCommand
{
    private const string Description =
        "Rebuild everything from the journal alone, compare with the snapshots and check the promises. "
        + "What this cannot show: the chain of hashes has no key and no anchor outside of the file. Whoever can write the journal can cut its end off, or write it anew as a whole with "
        + "hashes that fit. Against that only a copy helps that he cannot reach: keep backups elsewhere, and compare.";

    private const int Contradicted = 1;
    private const int Unusable = 2;

    public static Command Create()
    {
        var directory = new Argument<DirectoryInfo>("DIR") { Description = "The data directory; a portal may be running on it." };
        var command = new Command("verify", Description) { directory };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(directory)));
        return command;
    }

    private static int Run(DirectoryInfo directory)
    {
        try
        {
            using var journal = SqliteJournal.OpenReadOnly(directory.FullName);
            var report = JournalAudit.Run(journal);
            Console.WriteLine(
                $"{report.Records:N0} records of {report.Entities:N0} entities hold together: {report.Applications:N0} applications, {report.Places:N0} places, {report.Snapshots:N0} snapshots compared.");
            SecretKey.Check(directory.FullName);
            return 0;
        }
        catch (Exception fault) when (fault is ContradictionException or JournalDamagedException)
        {
            Console.Error.WriteLine($"eorda: {fault.Message}");
            return Contradicted;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"eorda: {fault.Message}");
            return Unusable;
        }
    }
}

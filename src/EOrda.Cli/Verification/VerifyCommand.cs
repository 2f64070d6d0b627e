using System.CommandLine;
using System.Data.Common;
using EOrda.Actors.Audit;
using EOrda.Actors.Journal;
using EOrda.Actors.Persistence;
using EOrda.Actors.Sqlite;
using EOrda.Cli.Keys;

namespace EOrda.Cli.Verification;

/// <summary><c>eorda verify</c>: rebuilds everything from the journal alone and checks that it holds together.</summary>
internal static class VerifyCommand
{
    private const string Description =
        "Rebuild everything from the journal alone, compare with the snapshots and seals and check the promises. "
        + "What the chain of hashes alone cannot show: whoever can write the journal can cut its end off, or write it anew as a whole with hashes that fit. "
        + "Against that, seal it daily with a key that he cannot read (eorda seal), keep the head that this prints elsewhere, and give it to --expect.";

    private const int Contradicted = 1;
    private const int Unusable = 2;

    public static Command Create()
    {
        var place = new JournalPlace();
        var key = new Option<FileInfo?>("--seal-key") { Description = "The key with which the seals were made." };
        var expected = new Option<string?>("--expect") { Description = "A head that eorda seal or verify printed before, which must be in the journal still." };
        var command = new Command("verify", Description) { key, expected };
        place.AddTo(command);
        command.SetAction(parsed => Run(parsed, place, parsed.GetValue(key), parsed.GetValue(expected)));
        return command;
    }

    private static int Run(ParseResult parsed, JournalPlace place, FileInfo? key, string? expected)
    {
        try
        {
            var directory = parsed.GetValue(place.Directory)?.FullName;
            if (place.DatabaseOf(parsed) is { } database)
            {
                Verify(database, key, expected);
            }
            else if (key is not null || expected is not null)
            {
                throw new IOException($"'{directory}' holds no journal that has seals.");
            }
            else
            {
                VerifyFormer(directory!);
            }

            if (directory is not null)
            {
                SecretKey.Check(directory);
            }

            return 0;
        }
        catch (Exception fault) when (fault is ContradictionException or JournalDamagedException)
        {
            Console.Error.WriteLine($"eorda: {fault.Message}");
            return Contradicted;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DbException or ArgumentException)
        {
            Console.Error.WriteLine($"eorda: {fault.Message}");
            return Unusable;
        }
    }

    private static void Verify(Database database, FileInfo? key, string? expected)
    {
        var report = StoreAudit.Run(database, key is null ? default(ReadOnlyMemory<byte>) : SealKey.Read(key), expected);
        Console.WriteLine(
            $"{report.Records:N0} records of {report.Heads.Count:N0} entities hold together: {report.Applications:N0} applications, {report.Places:N0} places, {report.Snapshots:N0} snapshots compared, "
            + $"{report.Seals:N0} seals found{(key is null ? " (whose they are was not checked: no --seal-key)" : "")}. The head over all: {report.Head.Text}");
    }

    private static void VerifyFormer(string directory)
    {
        using var journal = SqliteJournal.OpenReadOnly(directory);
        var report = JournalAudit.Run(journal);
        Console.WriteLine(
            $"{report.Records:N0} records of {report.Entities:N0} entities hold together: {report.Applications:N0} applications, {report.Places:N0} places, {report.Snapshots:N0} snapshots compared.");
    }
}

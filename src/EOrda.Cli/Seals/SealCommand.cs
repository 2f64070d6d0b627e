using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using EOrda.Actors.Audit;
using EOrda.Actors.Journal;
using EOrda.Cli.Keys;
using EOrda.Cli.Verification;

namespace EOrda.Cli.Seals;

/// <summary><c>eorda seal</c>: verifies a journal and seals its heads for the day.</summary>
internal static class SealCommand
{
    private const int Contradicted = 1;
    private const int Unusable = 2;

    public static Command Create()
    {
        var place = new JournalPlace();
        var key = new Option<FileInfo>("--seal-key") { Description = "The key's file, outside of the data.", Required = true };
        var export = new Option<FileInfo?>("--export") { Description = "A text file to write the heads to; keep it where whoever can write the data cannot." };
        var command = new Command("seal", "Verify a journal and seal the last record of every entity, and the head over all, for today (UTC). Run it daily.") { key, export };
        place.AddTo(command);
        command.SetAction(parsed => Run(parsed, place, parsed.GetRequiredValue(key), parsed.GetValue(export)));
        return command;
    }

    private static int Run(ParseResult parsed, JournalPlace place, FileInfo key, FileInfo? export)
    {
        try
        {
            var database = place.DatabaseOf(parsed) ?? throw new IOException("The directory holds no journal of pages.");
            var today = DateOnly.FromDateTime(DateTime.UtcNow);
            var report = Sealing.Run(database, SealKey.Read(key), today);
            if (export is not null)
            {
                File.WriteAllLines(export.FullName, report.Heads.Append(report.Head).Select(Line));
            }

            Console.WriteLine($"{report.Heads.Count:N0} entities sealed for {today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}. The head over all: {report.Head.Text}");
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

    private static string Line(Head head) => $"{(head.Entity.Length == 0 ? "all" : head.Entity)} {head.Record.ToString(CultureInfo.InvariantCulture)} {head.Text}";
}

using System.Data.Common;
using EOrda.Actors.Audit;
using EOrda.Actors.Journal;
using EOrda.Actors.Persistence;

namespace EOrda.Load.Books;

/// <summary>What <c>eorda verify</c> says of the portal's data directory.</summary>
/// <param name="IsSound">True when the journal holds together.</param>
/// <param name="Says">The findings.</param>
internal sealed record JournalFinding(bool IsSound, string Says);

/// <summary>Runs the audit of <c>eorda verify</c> on a data directory; a portal may be running on it.</summary>
internal static class JournalCheck
{
    /// <summary>Audits.</summary>
    public static JournalFinding Run(string directory)
    {
        try
        {
            var report = StoreAudit.Run(Database.Sqlite(directory));
            return new JournalFinding(true, $"{report.Records:N0} records of {report.Heads.Count:N0} entities hold together: {report.Applications:N0} applications, {report.Places:N0} places");
        }
        catch (Exception e) when (e is ContradictionException or JournalDamagedException or IOException or UnauthorizedAccessException or DbException)
        {
            return new JournalFinding(false, e.Message);
        }
    }
}

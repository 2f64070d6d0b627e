using System.Text;
using EOrda.Actors.Journal;

namespace EOrda.Actors.Sqlite;

/// <summary>An entity's head as the file has it. Immutable, so that it can be shared between threads.</summary>
/// <param name="Id">The entity's number in the file, from 1.</param>
/// <param name="Key">The entity's key.</param>
/// <param name="LastSequence">The last record's number, 0 for none.</param>
/// <param name="LastHash">The last record's hash, empty for none.</param>
/// <param name="Pages">How many pages the entity has.</param>
/// <param name="LastPage">The number of its last page in the file, 0 for none.</param>
internal sealed record StoredHead(long Id, string Key, long LastSequence, ReadOnlyMemory<byte> LastHash, long Pages, long LastPage)
{
    private const int MostKeyBytes = 1024;

    public long Crc
    {
        get
        {
            // What stands in a damaged file may be longer than a key can be.
            var most = Encoding.UTF8.GetMaxByteCount(Key.Length);
            Span<byte> key = most <= MostKeyBytes ? stackalloc byte[MostKeyBytes] : new byte[most];
            return default(Checksum)
                .Add(Id).Add(LastSequence).Add(LastHash.Span).Add(Pages).Add(LastPage).Add(key[..Encoding.UTF8.GetBytes(Key, key)]).Value;
        }
    }

    /// <summary>Whether the entity's next page becomes a milestone.</summary>
    public bool MilestoneIsNext => Pages % Schema.MilestoneDistance == 0;

    public StoredHead After(JournalPage page, long pageId) => this with
    {
        LastSequence = page.FirstSequence + page.Count - 1,
        LastHash = page.LastHash.ToArray(),
        Pages = Pages + 1,
        LastPage = pageId,
    };

    public JournalHead ToJournalHead() => new(Key, LastSequence, LastHash);
}

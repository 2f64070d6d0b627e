using EOrda.Actors;
using EOrda.Actors.Answers;
using EOrda.Actors.Audit;
using EOrda.Actors.Entities;
using EOrda.Actors.Journal;
using EOrda.Actors.Sqlite;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Recording;

namespace EOrda.Reliability.Tests.Support;

/// <summary>What the journal of a portal that does not run says was decided, by the commands' keys.</summary>
internal sealed class JournalBook
{
    private readonly Dictionary<CommandKey, Answer> decided = [];

    private JournalBook()
    {
    }

    /// <summary>Audits the journal and reads all decisions of the queues.</summary>
    /// <exception cref="JournalDamagedException">A record is damaged.</exception>
    /// <exception cref="ContradictionException">Something that must hold does not.</exception>
    public static JournalBook Read(string data)
    {
        using var journal = SqliteJournal.OpenReadOnly(data);
        JournalAudit.Run(journal);
        var book = new JournalBook();
        foreach (var entity in journal.Heads().Select(head => head.Entity).Where(entity => EntityNames.QueueOf(entity) is not null))
        {
            using var reader = new RecordReader(journal, entity, 0, RecordFormat.FirstHash(entity));
            foreach (var content in reader.Contents())
            {
                book.Add(content.Span);
            }
        }

        return book;
    }

    /// <summary>Where the families' books and the journal differ.</summary>
    public IEnumerable<string> Differences(IEnumerable<Family> families)
    {
        foreach (var family in families)
        {
            if (family is { Open: { } asked, MayBeDecided: false } && decided.GetValueOrDefault(Recorded.KeyOf(asked)) is { } unheard)
            {
                yield return $"Decided and never answered: {asked}: {unheard}";
            }

            foreach (var heard in family.Book.Where(heard => !Recorded.IsSame(heard, decided.GetValueOrDefault(Recorded.KeyOf(heard.Asked)))))
            {
                yield return $"Heard: {heard}; on disk: {decided.GetValueOrDefault(Recorded.KeyOf(heard.Asked))}";
            }
        }
    }

    private void Add(ReadOnlySpan<byte> content)
    {
        var from = new ByteReader(content);
        from.Byte();
        from.Moment();
        if (from.Flag())
        {
            var (key, _) = RecordedCommand.ReadKey(ref from);
            Assert.True(decided.TryAdd(key, AnswerFormat.Read(ref from)), $"The command {key.Value:X} is decided twice.");
        }
    }
}

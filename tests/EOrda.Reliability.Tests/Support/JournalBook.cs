using EOrda.Actors.Audit;
using EOrda.Actors.Entities;
using EOrda.Actors.Facts;
using EOrda.Actors.Journal;
using EOrda.Actors.Persistence;
using EOrda.Queues;
using EOrda.Queues.Names;

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
        var database = Database.Sqlite(data);
        StoreAudit.Run(database);
        var book = new JournalBook();
        using var journal = new StoredJournal(database);
        foreach (var entity in journal.Entities().Where(entity => EntityNames.QueueOf(entity) is not null))
        {
            using var reader = new PageReader(entity, 0, RecordFormat.FirstHash(entity));
            foreach (var content in journal.Pages(entity).SelectMany(reader.Contents))
            {
                book.Add(FactFormat.Read(reader.Last, content.Span));
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

    private void Add(Fact fact)
    {
        if (fact.Cause is DecidedCommand command)
        {
            Assert.True(decided.TryAdd(command.Key, command.Answer), $"The command {command.Key.Value:X} is decided twice.");
        }
    }
}

using EOrda.Queues;
using EOrda.Queues.Recording;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;

namespace EOrda.Actors.Answers;

/// <summary>
/// What an entity answered lately: commands by the callers' keys, and steps of processes by keys made of theirs, so that what is
/// asked again gets its first answer.
/// </summary>
/// <remarks>
/// Answers are kept as bytes, one behind another in pages that are given back when all in them has expired: millions of them are no burden to the
/// garbage collector.
/// </remarks>
internal sealed class RecentAnswers
{
    private readonly int capacity;
    private readonly long lifetimeMilliseconds;
    private readonly KeyIndex positions;

    // By their numbers, which go round. The last one is open.
    private readonly Dictionary<int, byte[]> pages = [];
    private readonly ByteWriter open = new(1024);
    private int firstPage;
    private int oldest;

    // When the oldest one was given; only looked up when it is too old, or was.
    private Moment oldestAt = Moment.Beginning;

    /// <summary>Keeps none yet.</summary>
    /// <param name="capacity">How many answers are kept at most.</param>
    /// <param name="lifetime">For how long.</param>
    public RecentAnswers(int capacity, TimeSpan lifetime)
    {
        this.capacity = capacity;
        lifetimeMilliseconds = (long)lifetime.TotalMilliseconds;
        positions = new KeyIndex(KeyAt);
    }

    /// <summary>How many are kept.</summary>
    public int Count => positions.Count;

    /// <summary>Forgets what is too old. True when there is room for one more.</summary>
    public bool HasRoom(Moment now)
    {
        while (positions.Count > 0 && IsTooOld(oldestAt, now))
        {
            var page = PageAt(firstPage);
            if (oldest == page.Length)
            {
                GiveOldestPageBack();
                continue;
            }

            var from = new ByteReader(page[oldest..]);
            var entry = Entry.Read(ref from);
            oldestAt = entry.At;
            if (!IsTooOld(oldestAt, now))
            {
                break;
            }

            positions.Remove(entry.Key);
            oldest += from.Position;
        }

        return positions.Count < capacity && pages.Count < AnswerPosition.Pages - 1;
    }

    /// <summary>The first answer to a command's key, or null.</summary>
    /// <exception cref="KeyReusedException">The key was used with another command.</exception>
    public Answer? Find(CommandKey key, ulong fingerprint) => (FindReply(key, fingerprint) as Answered)?.Answer;

    /// <summary>The first reply to a step's key, or null.</summary>
    /// <exception cref="KeyReusedException">The command's key was used with another command.</exception>
    public Reply? FindReply(CommandKey key, ulong fingerprint)
    {
        if (!positions.TryGet(key, out var position))
        {
            return null;
        }

        var from = new ByteReader(PageAt(position.Page)[position.Offset..]);
        var first = Entry.Read(ref from);
        return first.Fingerprint == fingerprint ? first.Reply : throw new KeyReusedException();
    }

    /// <summary>True when something is kept by the key.</summary>
    public bool Contains(CommandKey key) => positions.TryGet(key, out _);

    /// <summary>Keeps the answer to a command.</summary>
    public void Add(RecordedCommand command, Moment at)
    {
        if (TryBegin(command.Key, command.Fingerprint, at))
        {
            ReplyFormat.WriteAnswered(open, command.Answer);
            End();
        }
    }

    /// <summary>Keeps the reply to a step.</summary>
    public void Add(CommandKey key, ulong fingerprint, Reply reply, Moment at)
    {
        if (TryBegin(key, fingerprint, at))
        {
            ReplyFormat.Write(open, reply);
            End();
        }
    }

    /// <summary>Writes everything kept, oldest first.</summary>
    public void Write(ByteWriter to)
    {
        to.Count(positions.Count);
        to.Bytes(PageAt(firstPage)[oldest..]);
        for (var page = 1; page <= pages.Count; page++)
        {
            to.Bytes(PageAt(Number(page)));
        }
    }

    /// <summary>Reads what was written, in place of nothing.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public void Read(ref ByteReader from)
    {
        for (var left = from.ItemCount(); left > 0; left--)
        {
            var entry = Entry.Read(ref from);
            Add(entry.Key, entry.Fingerprint, entry.Reply, entry.At);
        }
    }

    /// <summary>True when all that the other keeps is kept here too, and is the same.</summary>
    public bool Contain(RecentAnswers other) => other.positions.All.All(kept => positions.TryGet(other.KeyAt(kept), out var here) && EntryAt(here).SequenceEqual(other.EntryAt(kept)));

    private bool TryBegin(CommandKey key, ulong fingerprint, Moment at)
    {
        if (!positions.TryAdd(key, new AnswerPosition(Number(pages.Count), open.Length)))
        {
            return false;
        }

        open.Moment(at);
        RecordedCommand.WriteKey(open, key, fingerprint);
        return true;
    }

    private void End()
    {
        if (open.Length >= AnswerPosition.PageBytes)
        {
            pages.Add(Number(pages.Count), open.Written.ToArray());
            open.Clear();
        }
    }

    private CommandKey KeyAt(AnswerPosition position)
    {
        var from = new ByteReader(PageAt(position.Page)[position.Offset..]);
        return Entry.ReadKey(ref from);
    }

    private ReadOnlySpan<byte> EntryAt(AnswerPosition position)
    {
        var bytes = PageAt(position.Page)[position.Offset..];
        var from = new ByteReader(bytes);
        Entry.Read(ref from);
        return bytes[..from.Position];
    }

    // The number of the page that follows the first one at a distance.
    private int Number(int distance) => (firstPage + distance) % AnswerPosition.Pages;

    private ReadOnlySpan<byte> PageAt(int number) => pages.TryGetValue(number, out var full) ? full : open.Written.Span;

    private void GiveOldestPageBack()
    {
        oldest = 0;
        if (pages.Remove(firstPage))
        {
            firstPage = Number(1);
        }
        else
        {
            open.Clear();
        }
    }

    private bool IsTooOld(Moment given, Moment now) => given.UnixMilliseconds + lifetimeMilliseconds <= now.UnixMilliseconds;

    private readonly record struct Entry(Moment At, CommandKey Key, ulong Fingerprint, Reply Reply)
    {
        public static Entry Read(ref ByteReader from)
        {
            var at = from.Moment();
            var (key, fingerprint) = RecordedCommand.ReadKey(ref from);
            return new Entry(at, key, fingerprint, ReplyFormat.Read(ref from));
        }

        public static CommandKey ReadKey(ref ByteReader from)
        {
            from.Moment();
            return RecordedCommand.ReadKey(ref from).Key;
        }
    }
}

using EOrda.Actors.Answers;
using EOrda.Actors.Journal;
using EOrda.Actors.Mailboxes;
using EOrda.Actors.Turns;
using EOrda.Queues.Recording;
using EOrda.Queues.Time;
using Microsoft.Extensions.Logging;

namespace EOrda.Actors.Entities;

/// <summary>
/// An actor: one message at a time, its memory recovered on first use, what it decided handed to the journal's writer at the end of each run.
/// </summary>
/// <remarks>
/// Whoever has <see cref="status"/> at 1 owns everything here but the mailbox and the counters of commits. A message that throws throws the entity away:
/// what was not sealed is gone, its callers are told that the outcome is unknown, and the memory is recovered from the journal.
/// </remarks>
internal sealed partial class Entity : IThreadPoolWorkItem
{
    // How often over a snapshot must be due before it is written though the entity is not at rest.
    private const long SnapshotsOverdue = 4;

    private readonly Node node;
    private readonly Mailbox mailbox;
    private readonly List<Message> unsealed = [];
    private readonly Entity[] alone;
    private EntityMemory? memory;
    private PageDraft? page;
    private int status;
    private int weightInFlight;
    private int untaken;
    private int stalled;
    private volatile bool doomed;
    private volatile bool isUnknownOnDisk;
    private JointTurn? parkedFor;
    private (long When, Exception Fault)? notRecovered;

    public Entity(Node node, string name)
    {
        this.node = node;
        Name = name;
        alone = [this];
        mailbox = new Mailbox(node.Options.MailboxCapacity);
    }

    /// <summary>The entity's key in the journal.</summary>
    public string Name { get; }

    /// <summary>The hash of the last record written. The journal's writer's own while commits are in flight.</summary>
    public byte[] LastHash { get; } = new byte[RecordFormat.HashBytes];

    /// <summary>True when its memory is ahead of what the journal took.</summary>
    public bool IsDoomed => doomed;

    /// <summary>True when it is doomed and what doomed it may be on disk: the answer to a repeated command may stand there.</summary>
    public bool IsUnknownOnDisk => isUnknownOnDisk;

    /// <summary>When it last did something, on the node's timestamps.</summary>
    public long LastUsed { get; private set; }

    /// <summary>What is added to the entity when it is a queue's.</summary>
    public QueueDuty? Duty { get; init; }

    /// <summary>The entity's memory. Only in its turn.</summary>
    public EntityMemory Memory => memory ?? throw new InvalidOperationException($"{Name} has no memory.");

    /// <summary>True when its memory is loaded; exact only in its turn.</summary>
    public bool IsLoaded => memory is not null;

    /// <summary>How many records a recovery would have to read; exact only in its turn.</summary>
    public long RecordsSinceSnapshot => memory is { } loaded ? loaded.Sequence - loaded.SnapshotSequence : 0;

    /// <summary>How many messages wait.</summary>
    public int MailboxDepth => mailbox.Count;

    /// <summary>Takes a message in.</summary>
    /// <exception cref="BusyException">The mailbox is full.</exception>
    public void Post(Message message)
    {
        if (!mailbox.TryPost(message))
        {
            node.Metrics.MailboxRefused();
            throw new BusyException($"The mailbox of {Name} is full.", node.Options.JournalPause);
        }

        Schedule();
    }

    /// <summary>Takes one of the node's own messages in, whatever the bound.</summary>
    public void PostOwn(Message message)
    {
        mailbox.Post(message);
        ScheduleNow();
    }

    /// <summary>The instant of a turn now: never before the last record.</summary>
    public Moment TurnInstant()
    {
        var now = Moment.Max(node.Now, Memory.At);
        return Memory.State is QueueState state ? Moment.Max(now, state.Queue.Now) : now;
    }

    /// <summary>Adds a record of events, and the command that they decide or null. Only in its turn.</summary>
    public void Record<T>(Moment at, RecordedCommand? command, ReadOnlySpan<T> events, Action<ByteWriter, T> write)
    {
        page ??= new PageDraft(this, Memory.Sequence + 1, node.Commits.DraftBodies.Take());
        var begun = RecordFormat.Begin(page.Body);
        EntityRecovery.BeginContent(page.Body, at, command);
        foreach (var happened in events)
        {
            write(page.Body, happened);
        }

        RecordFormat.End(page.Body, begun);
        page.Count++;
        Memory.Sequence++;
        Memory.At = at;
        if (command is { } decided)
        {
            Memory.Answers.Add(decided, at);
        }
    }

    /// <summary>Keeps a message whose answer waits for what was recorded so far. Only in its turn.</summary>
    public void ReleaseLater(Message message) => unsealed.Add(message);

    /// <summary>Ends the run after this message without giving the turn back: the joint turn has it from then on.</summary>
    public void Park(JointTurn joint)
    {
        Seal();
        parkedFor = joint;
    }

    /// <summary>
    /// Stops for a joint turn: at once when nobody has the turn and nothing waits, else when the message that it leaves comes up.
    /// </summary>
    /// <returns>True when it has stopped.</returns>
    public bool TryStop(Message stop)
    {
        if (mailbox.Count == 0 && Interlocked.CompareExchange(ref status, 1, 0) == 0)
        {
            if (mailbox.Count == 0 && memory is not null && !doomed && Volatile.Read(ref weightInFlight) <= node.Options.RecordsInFlight)
            {
                LastUsed = node.Time.GetTimestamp();
                return true;
            }

            mailbox.Post(stop);
            node.Scheduler.Run(this);
            return false;
        }

        PostOwn(stop);
        return false;
    }

    /// <summary>Gives the turn back after a joint turn.</summary>
    public void Unpark() => EndRun();

    /// <summary>What several entities recorded and did not seal yet, and who waits for it, in one commit. In the turns of all of them.</summary>
    public static Commit CommitOf(IReadOnlyCollection<Entity> entities)
    {
        var commit = new Commit([.. entities], [.. entities.SelectMany(entity => entity.TakePage())], [.. entities.SelectMany(entity => entity.TakeWaiting())]);
        foreach (var entity in entities)
        {
            entity.Duty?.AddTo(commit);
        }

        return commit;
    }

    private PageDraft[] TakePage()
    {
        PageDraft[] taken = page is null ? [] : [page];
        page = null;
        return taken;
    }

    private Message[] TakeWaiting()
    {
        var taken = unsealed.ToArray();
        unsealed.Clear();
        return taken;
    }

    /// <summary>Throws the memory away; it is recovered when the journal is done with what was sealed before.</summary>
    public void ThrowAway(Exception fault)
    {
        node.Metrics.EntityThrownAway();
        LogThrownAway(node.Log, Name, fault);
        memory = null;
        page = null;
        Duty?.Forget();
        foreach (var message in unsealed)
        {
            Answering.Fail(node.Scheduler, message, FailedInTheMiddle(fault));
        }

        unsealed.Clear();
    }

    /// <summary>Writes a snapshot behind what is on its way, and gives the memory back when nobody is using it. Only in its turn.</summary>
    /// <param name="rest">Who asked for it: answered when all of it is on disk.</param>
    /// <param name="forget">Whether to give the memory back.</param>
    public void Passivate(Rest rest, bool forget)
    {
        Seal();
        if (Memory.Sequence > Memory.SnapshotSequence)
        {
            node.Commits.Add(new Commit(alone, [], [rest]) { Snapshot = DraftSnapshot() });
        }
        else
        {
            ReleaseLater(rest);
            Seal();
        }

        if (forget && mailbox.Count == 0 && Duty?.IsWatched != true)
        {
            memory = null;
            Duty?.Forget();
        }
    }

    /// <summary>Marks the memory as ahead of the journal.</summary>
    /// <param name="isUnknown">True when the journal may have stored all the same what it could not.</param>
    public void Doom(bool isUnknown)
    {
        isUnknownOnDisk |= isUnknown;
        doomed = true;
    }

    /// <summary>A commit that concerns it is on its way.</summary>
    public void CommitAdded(int weight) => Interlocked.Add(ref weightInFlight, weight);

    /// <summary>A commit of its own waits for the journal's writer.</summary>
    public void OwnCommitAdded() => Interlocked.Increment(ref untaken);

    /// <summary>The writer has begun with a commit of its own: what has gathered meanwhile is decided while that is written.</summary>
    public void OwnCommitTaken()
    {
        if (Interlocked.Decrement(ref untaken) == 0 && mailbox.Count > 0)
        {
            Schedule();
        }
    }

    /// <summary>A commit that concerns it is done.</summary>
    public void CommitFinished(int weight)
    {
        Interlocked.Add(ref weightInFlight, -weight);
        if (Interlocked.Exchange(ref stalled, 0) == 1)
        {
            node.Scheduler.Run(this);
        }
        else if (doomed)
        {
            // Nobody may ask it for long; those who watch are to be told.
            Schedule();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (MustWaitForJournal())
        {
            return;
        }

        // It may have been doomed only now, with more of it on its way: that must fail before the memory is recovered.
        if (doomed && Volatile.Read(ref weightInFlight) == 0)
        {
            memory = null;
            page = null;
            Duty?.Forget();
            isUnknownOnDisk = false;
            doomed = false;
        }

        LastUsed = node.Time.GetTimestamp();
        for (var left = node.Options.MessagesPerRun; left > 0 && CanRun() && mailbox.TryTake(out var message); left--)
        {
            RunOne(message);
            if (parkedFor is { } joint)
            {
                // Last of all: from here on the joint turn owns the entity, and may have given it back already.
                parkedFor = null;
                joint.Arrived();
                return;
            }
        }

        EndRun();
    }

    private void EndRun()
    {
        Seal();
        Duty?.SetTimer(this, memory);

        // A full fence: whoever posts now either sees the idle status or is seen here.
        Interlocked.Exchange(ref status, 0);
        if (mailbox.Count > 0 || doomed)
        {
            ScheduleNow();
        }
    }

    // One that was thrown away is recovered only when the journal is done with what it sealed before.
    private bool CanRun() => !doomed && (memory is not null || Volatile.Read(ref weightInFlight) == 0);

    private void RunOne(Message message)
    {
        try
        {
            if (memory is null && !Recover(message))
            {
                return;
            }

            message.Run(this);
        }
        catch (Exception fault) when (fault is BusyException or KeyReusedException or NotRecordedException)
        {
            Answering.Fail(node.Scheduler, message, fault);
        }
        catch (Exception fault)
        {
            ThrowAway(fault);
            Answering.Fail(node.Scheduler, message, FailedInTheMiddle(fault));
        }
    }

    private static OutcomeUnknownException FailedInTheMiddle(Exception fault) => new("The command failed in the middle; ask again with the same key.", fault);

    private bool Recover(Message message)
    {
        if (notRecovered is { } last && node.Time.GetElapsedTime(last.When) < node.Options.JournalPause)
        {
            FailUnrecovered(message, last.Fault);
            return false;
        }

        var begun = node.Time.GetTimestamp();
        try
        {
            memory = EntityRecovery.Recover(node.Journal, Name, node.Options, LastHash);
            notRecovered = null;
            Duty?.Begin(memory);
            node.Metrics.EntityRecovered(node.Time.GetElapsedTime(begun), succeeded: true);
            return true;
        }
        catch (Exception fault)
        {
            node.Metrics.EntityRecovered(node.Time.GetElapsedTime(begun), succeeded: false);
            LogNotRecovered(node.Log, Name, fault);
            memory = null;
            notRecovered = (node.Time.GetTimestamp(), fault);
            FailUnrecovered(message, fault);
            return false;
        }
    }

    /// <summary>Hands what was recorded, and who waits for it, to the journal's writer.</summary>
    public void Seal()
    {
        if (memory is null)
        {
            return;
        }

        Duty?.BeforeSeal(memory, TurnInstant());
        if (page is null && unsealed.Count == 0 && Duty?.HasUpdate != true)
        {
            return;
        }

        var commit = new Commit(alone, TakePage(), TakeWaiting());
        Duty?.AddTo(commit);
        if (commit.Pages.Length == 0 && commit.Live is null && Volatile.Read(ref weightInFlight) == 0 && !doomed)
        {
            // All that was looked at is on disk already. (One whose last commit failed meanwhile was doomed before that was taken off the weight.)
            node.Scheduler.Run(new Answering(commit.Waiting, 0, commit.Waiting.Length, fault: null));
            return;
        }

        if (RecordsSinceSnapshot >= SnapshotsOverdue * node.Options.RecordsPerSnapshot)
        {
            commit.Snapshot = DraftSnapshot();
        }

        node.Commits.Add(commit);
    }

    private SnapshotDraft DraftSnapshot()
    {
        memory!.SnapshotSequence = memory.Sequence;
        return new SnapshotDraft(this, memory.Sequence, EntityRecovery.SnapshotVersion(memory.State), EntityRecovery.SnapshotBody(memory));
    }

    private bool MustWaitForJournal()
    {
        if (Volatile.Read(ref weightInFlight) <= Allowed())
        {
            return false;
        }

        Interlocked.Exchange(ref stalled, 1);
        return Volatile.Read(ref weightInFlight) > Allowed() || Interlocked.Exchange(ref stalled, 0) == 0;
    }

    // One that must be recovered waits until nothing of it is on its way.
    private int Allowed() => doomed || memory is null ? 0 : node.Options.RecordsInFlight;

    private void Schedule()
    {
        // While the journal is busy they would be on disk no sooner if they were run now; one run and one commit for all of them is cheaper.
        if (Volatile.Read(ref untaken) == 0 || mailbox.Count >= node.Options.MessagesWorthARun || doomed)
        {
            ScheduleNow();
        }
    }

    private void ScheduleNow()
    {
        if (Interlocked.CompareExchange(ref status, 1, 0) == 0)
        {
            node.Scheduler.Run(this);
        }
    }

    private void FailUnrecovered(Message message, Exception fault) =>
        Answering.Fail(node.Scheduler, message, new OutcomeUnknownException($"{Name} could not be recovered: {fault.Message}", fault));

    [LoggerMessage(20, LogLevel.Error, "{Entity} failed and is thrown away")]
    private static partial void LogThrownAway(ILogger log, string entity, Exception fault);

    [LoggerMessage(21, LogLevel.Critical, "{Entity} could not be recovered")]
    private static partial void LogNotRecovered(ILogger log, string entity, Exception fault);
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using EOrda.Actors.Entities;
using EOrda.Actors.Live;
using EOrda.Actors.Mailboxes;
using EOrda.Actors.Telemetry;
using EOrda.Queues.Recording;
using Microsoft.Extensions.Logging;

namespace EOrda.Actors.Journal;

/// <summary>
/// The one writer of a node's journal: takes the commits that have gathered, writes them in one transaction, and only then lets answers and live
/// updates out. While it writes, the entities decide on.
/// </summary>
/// <remarks>
/// When the journal refuses, every entity in the transaction has memory ahead of the disk: it is doomed, and its later commits fail too until none is
/// on its way; then it is rebuilt.
/// </remarks>
internal sealed partial class GroupCommit : IThreadPoolWorkItem
{
    private const int AnswersAtOnce = 256;

    private readonly IJournal journal;
    private readonly INodeScheduler scheduler;
    private readonly TimeProvider time;
    private readonly NodeOptions options;
    private readonly NodeMetrics metrics;
    private readonly ILogger log;
    private readonly ConcurrentQueue<Commit> commits = new();
    private readonly List<Commit> taken = [];
    private readonly Dictionary<Entity, (PageDraft First, PageDraft Last)> gathered = [];
    private readonly List<JournalPage> pages = [];
    private readonly IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private ByteWriter bodies = new();
    private long takenAt;
    private int scheduled;
    private volatile bool closed;
    private long unavailableUntil = long.MinValue;

    public GroupCommit(IJournal journal, INodeScheduler scheduler, TimeProvider time, NodeOptions options, NodeMetrics metrics, ILogger log)
    {
        this.journal = journal;
        this.scheduler = scheduler;
        this.time = time;
        this.options = options;
        this.metrics = metrics;
        this.log = log;
    }

    /// <summary>Where drafts get their buffers; they come back when their records are written.</summary>
    public DraftBodies DraftBodies { get; } = new();

    /// <summary>False for a while after the journal refused: commands are then refused at once.</summary>
    public bool IsAvailable => Volatile.Read(ref unavailableUntil) is var until && (until == long.MinValue || time.GetTimestamp() >= until);

    /// <summary>Takes a commit in. Commits of one entity are written in the order in which they are taken in.</summary>
    public void Add(Commit commit)
    {
        foreach (var entity in commit.Entities)
        {
            entity.CommitAdded(commit.WeightOf(entity));
        }

        if (commit.Entities is [var only])
        {
            only.OwnCommitAdded();
        }

        commits.Enqueue(commit);
        if (closed)
        {
            FailRest();
            return;
        }

        if (Interlocked.CompareExchange(ref scheduled, 1, 0) == 0)
        {
            scheduler.RunJournal(this);
        }
    }

    /// <summary>Nothing more is written: what comes late fails.</summary>
    public void Close()
    {
        closed = true;
        Interlocked.MemoryBarrier();
        FailRest();
    }

    private void FailRest()
    {
        while (commits.TryDequeue(out var commit))
        {
            commit.Fail(isUnknown: false);
            TellTaken(commit);
            Finish([commit], refused: null);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        do
        {
            Volatile.Write(ref scheduled, 1);
            while (!closed && Take())
            {
                Write();
                Gather();
            }

            // A full fence: whoever adds now either sees that nobody is at it or is seen here.
            Interlocked.Exchange(ref scheduled, 0);
        }
        while (!commits.IsEmpty && Interlocked.CompareExchange(ref scheduled, 1, 0) == 0);
    }

    // Few that come now and then are written at once, many gather.
    private void Gather()
    {
        if (taken.Count >= options.GatheringFrom && options.GatheringTime - time.GetElapsedTime(takenAt) is var left && left > TimeSpan.Zero && !closed)
        {
            scheduler.PauseJournal(left);
        }
    }

    private bool Take()
    {
        taken.Clear();
        takenAt = time.GetTimestamp();
        var bytes = 0;
        Commit? commit = null;

        // A snapshot ends the transaction: its entity's last record is then the one after which it was taken.
        while (bytes < options.TransactionBytes && commit?.Snapshot is null && commits.TryDequeue(out commit))
        {
            taken.Add(commit);
            bytes += commit.Bytes;
        }

        taken.ForEach(TellTaken);

        return taken.Count > 0;
    }

    // Entities of a joint turn do not wait for its commit: others may need them for theirs.
    private static void TellTaken(Commit commit)
    {
        if (commit.Entities is [var only])
        {
            only.OwnCommitTaken();
        }
    }

    private void Write()
    {
        gathered.Clear();
        Exception? refused = null;
        foreach (var commit in taken)
        {
            if (Array.Exists(commit.Entities, entity => entity.IsDoomed))
            {
                commit.Fail(Array.Exists(commit.Entities, entity => entity.IsUnknownOnDisk));
            }
            else
            {
                AddPages(commit);
            }
        }

        var begun = time.GetTimestamp();
        try
        {
            if (gathered.Count > 0)
            {
                ChainPages();
                begun = time.GetTimestamp();
                journal.Write(pages);
                metrics.TransactionWritten(pages.Sum(page => page.Count), time.GetElapsedTime(begun));
            }
        }
        catch (Exception fault)
        {
            refused = fault;
            metrics.TransactionRefused(time.GetElapsedTime(begun));
            Refused(fault);
        }

        Finish(taken, refused);
    }

    private void AddPages(Commit commit)
    {
        foreach (var draft in commit.Pages)
        {
            if (gathered.TryGetValue(draft.Entity, out var drafts))
            {
                drafts.Last.Next = draft;
                gathered[draft.Entity] = (drafts.First, draft);
            }
            else
            {
                gathered.Add(draft.Entity, (draft, draft));
            }
        }
    }

    // An entity's records of one transaction stand in one page, however many commits they come from.
    private void ChainPages()
    {
        pages.Clear();
        if (bodies.Length > 2 * options.TransactionBytes)
        {
            // Room for what was an exception is not kept.
            bodies = new ByteWriter();
        }

        bodies.Clear();
        bodies.Ensure(taken.Sum(commit => commit.Bytes) + gathered.Count * RecordFormat.HashBytes);
        foreach (var (entity, (first, _)) in gathered)
        {
            var begun = bodies.Reserve(RecordFormat.HashBytes);
            var count = 0;
            for (var draft = first; draft is not null; draft = draft.Next)
            {
                bodies.Bytes(draft.Body.Written.Span);
                count += draft.Count;
                DraftBodies.GiveBack(draft.Body);
            }

            RecordFormat.Chain(sha, bodies.Part(begun, bodies.Length - begun), entity.LastHash);
            pages.Add(new JournalPage(entity.Name, first.FirstSequence, count, bodies.Written[(begun + RecordFormat.HashBytes)..], entity.LastHash.AsSpan().ToArray()));
        }
    }

    private void Refused(Exception fault)
    {
        Volatile.Write(ref unavailableUntil, time.GetTimestamp() + (long)(options.JournalPause.TotalSeconds * time.TimestampFrequency));
        LogRefused(log, taken.Count, fault);
        foreach (var commit in taken)
        {
            // What only looked fails too when what it may have seen is not on disk.
            if (!commit.HasFailed && (commit.Pages.Length > 0 || Array.Exists(commit.Entities, entity => entity.IsDoomed)))
            {
                // Only a journal that says so is believed to have stored nothing.
                commit.Fail(isUnknown: fault is not JournalUnavailableException);
            }
        }
    }

    // Answers of many small commits go out together: a thread woken for each would cost more than they do.
    private void Finish(List<Commit> done, Exception? refused)
    {
        var released = new Message[done.Sum(commit => commit.HasFailed ? 0 : commit.Waiting.Length)];
        var count = 0;
        foreach (var commit in done)
        {
            if (commit.HasFailed)
            {
                AnswerFailed(commit, refused);
                continue;
            }

            SaveSnapshot(commit.Snapshot);
            if (commit.Live is { } live)
            {
                live.Publish(log);
                metrics.UpdateTold();
            }

            commit.Waiting.CopyTo(released, count);
            count += commit.Waiting.Length;
        }

        Answer(released, fault: null);
        foreach (var commit in done)
        {
            foreach (var entity in commit.Entities)
            {
                entity.CommitFinished(commit.WeightOf(entity));
            }
        }
    }

    private void AnswerFailed(Commit commit, Exception? refused) => Answer(commit.Waiting, () => FaultOf(commit, refused));

    private void Answer(Message[] waiting, Func<Exception>? fault)
    {
        for (var start = 0; start < waiting.Length; start += AnswersAtOnce)
        {
            scheduler.Run(new Answering(waiting, start, Math.Min(start + AnswersAtOnce, waiting.Length), fault));
        }
    }

    private Exception FaultOf(Commit commit, Exception? refused) => commit.IsUnknown
        ? new OutcomeUnknownException("The journal failed in the middle; ask again with the same key.", refused)
        : new NotRecordedException("The journal did not record the decision; nothing has changed.", options.JournalPause, refused);

    private void SaveSnapshot(SnapshotDraft? draft)
    {
        if (draft is null)
        {
            return;
        }

        try
        {
            journal.SaveSnapshot(new JournalSnapshot(draft.Entity.Name, draft.Sequence, draft.Entity.LastHash.AsSpan().ToArray(), draft.Version, draft.Body));
        }
        catch (Exception fault)
        {
            // The records have everything; the next snapshot may go better.
            metrics.SnapshotNotStored();
            LogSnapshotRefused(log, draft.Entity.Name, fault);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The journal refused a transaction of {Commits} commits")]
    private static partial void LogRefused(ILogger log, int commits, Exception fault);

    [LoggerMessage(2, LogLevel.Warning, "The snapshot of {Entity} was not stored")]
    private static partial void LogSnapshotRefused(ILogger log, string entity, Exception fault);
}

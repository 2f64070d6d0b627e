using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using EOrda.Actors.Answers;
using EOrda.Actors.Entities;
using EOrda.Actors.Hosting;
using EOrda.Actors.Journal;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Recording;
using EOrda.Queues.Time;

namespace EOrda.Actors.Persistence;

/// <summary>
/// An entity: it decides and applies one message at a time, adds the records to its open page, and replies when the page is stored. One page at a time is
/// on its way to the database; meanwhile the entity decides on and fills the next one.
/// </summary>
/// <remarks>
/// A page that fails stops the actor. Those who wait for that page hear that the outcome is unknown, or that nothing was recorded where the database said
/// so; those who wait for later pages hear that nothing was recorded. The next message starts the actor anew, which recovers from the journal.
/// </remarks>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "An actor ends with PostStop, which disposes of them.")]
internal abstract class PersistedEntity : UntypedPersistentActor
{
    private readonly Queue<ClosedPage> closed = new();
    private ReplyBundles replies = new();
    private List<(IActorRef To, object Message)> news = [];
    private OpenPage? open;
    private PageReader? recovery;
    private bool isWriting;
    private bool willClose;
    private bool willStop;
    private int unstored;
    private long snapshotRecord;
    private Moment latest = Moment.Beginning;
    private RequestFailure? failure;
    private bool isOutrun;

    protected PersistedEntity(string name, EntityServices services)
    {
        PersistenceId = name;
        Services = services;
        Memory = EmptyMemory();
    }

    /// <inheritdoc/>
    public override string PersistenceId { get; }

    /// <summary>The node's clock, bounds and log.</summary>
    protected EntityServices Services { get; }

    /// <summary>The entity's state and what it answered lately.</summary>
    protected EntityMemory Memory { get; private set; }

    /// <summary>True when so much waits for the database that nothing more is decided.</summary>
    protected bool IsFull => unstored >= Services.Bounds.UnstoredBytes;

    /// <summary>True when everything that was decided is in the database.</summary>
    protected bool IsStored => Open.Count == 0 && closed.Count == 0;

    /// <summary>The number of the last record, which may still wait for its page; 0 before the first.</summary>
    protected long LastRecord => Open.Last;

    /// <summary>How many records the snapshot that was saved last does not have.</summary>
    protected long RecordsSinceSnapshot => Open.Last - snapshotRecord;

    /// <summary>Records after which a snapshot is saved.</summary>
    protected virtual int RecordsPerSnapshot => Services.Bounds.RecordsPerSnapshot;

    /// <summary>The instant of a decision now: never before the last record or an instant that this instance has had, whatever the clock says.</summary>
    protected Moment InstantNow() => latest = Moment.Max(Moment.Max(Moment.From(Services.Time.GetUtcNow()), Memory.At), latest);

    /// <summary>True when a snapshot may be saved now: writing one out holds the entity up.</summary>
    protected virtual bool MayTakeSnapshot() => true;

    /// <summary>Saves a snapshot now.</summary>
    /// <exception cref="InvalidOperationException">Something waits for the database.</exception>
    protected void TakeSnapshot()
    {
        if (!IsStored)
        {
            throw new InvalidOperationException($"{PersistenceId} is ahead of the database.");
        }

        snapshotRecord = Open.Last;
        SaveSnapshot(EntitySnapshots.Write(Memory, Open.Last, Open.Hash));
    }

    /// <summary>A message that is not about pages.</summary>
    protected abstract void OnMessage(object message);

    /// <summary>The first answer to the key, which may still wait for its page; null when the key was not used.</summary>
    /// <exception cref="KeyReusedException">The key was used with another command.</exception>
    protected Answer? FirstAnswer(EncodedCommand command) => Memory.Answers.Find(command.Key, command.Fingerprint);

    /// <summary>Adds a record of a decided command.</summary>
    protected void Record<T>(Moment at, EncodedCommand command, Answer answer, ReadOnlySpan<T> events, Action<ByteWriter, T> write)
    {
        RecordContent.Begin(Open.Begin(), at, command, answer);
        RecordContent.Keep(Memory, command, answer, at);
        EndRecord(at, events, write);
    }

    /// <summary>Adds a record of a step taken.</summary>
    protected void Record<T>(Moment at, EncodedStep step, EOrda.Queues.Steps.Reply reply, ReadOnlySpan<T> events, Action<ByteWriter, T> write)
    {
        RecordContent.Begin(Open.Begin(), at, step, reply);
        Memory.Answers.Add(step.Key, step.Fingerprint, reply, at);
        EndRecord(at, events, write);
    }

    /// <summary>Adds a record of what happened by itself.</summary>
    protected void Record<T>(Moment at, ReadOnlySpan<T> events, Action<ByteWriter, T> write)
    {
        RecordContent.Begin(Open.Begin(), at);
        EndRecord(at, events, write);
    }

    /// <summary>Replies when everything that the reply may rest on is stored.</summary>
    protected void Reply(Request request, object content)
    {
        if (open is { Count: > 0 })
        {
            replies.Add(request, content);
        }
        else if (closed.Count > 0)
        {
            closed.Last().Replies.Add(request, content);
        }
        else
        {
            request.ReplyTo.Tell(new Replies([new Reply(request.Number, content)]), Self);
        }
    }

    /// <summary>Sends a message when everything that it may rest on is stored; never when that fails. Messages leave in the order in which they were given.</summary>
    protected void TellWhenStored(IActorRef to, object message)
    {
        if (open is { Count: > 0 })
        {
            news.Add((to, message));
        }
        else if (closed.Count > 0)
        {
            closed.Last().News.Add((to, message));
        }
        else
        {
            to.Tell(message, Self);
        }
    }

    /// <inheritdoc/>
    protected sealed override void OnCommand(object message)
    {
        switch (message)
        {
            case ClosePage:
                willClose = false;
                CloseOpenPage();
                PersistNext();
                break;
            case StopWhenStored:
                willStop = true;
                StopIfStored();
                break;
            case SaveSnapshotSuccess saved:
                DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1));
                break;
            case SaveSnapshotFailure failed:
                Context.GetLogger().Warning(failed.Cause, "The snapshot of {0} was not saved", PersistenceId);
                break;
            case DeleteSnapshotsSuccess or DeleteSnapshotsFailure:
                break;
            default:
                OnMessage(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected sealed override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: EntitySnapshot snapshot }:
                Memory = EntitySnapshots.Read(PersistenceId, snapshot, Services.Bounds);
                snapshotRecord = snapshot.Record;
                recovery = new PageReader(PersistenceId, snapshot.Record, snapshot.Hash.Span);
                break;
            case Page page:
                recovery ??= new PageReader(PersistenceId, 0, RecordFormat.FirstHash(PersistenceId));
                foreach (var content in recovery.Contents(page))
                {
                    RecordContent.Apply(Memory, content.Span);
                }

                break;
            case RecoveryCompleted:
                open = recovery is { } read ? new OpenPage(read.Last, read.Hash) : new OpenPage(0, RecordFormat.FirstHash(PersistenceId));
                recovery?.Dispose();
                recovery = null;
                Services.Recoveries.Ended(PersistenceId);
                OnRecovered();
                break;
            default:
                throw new InvalidDataException($"{PersistenceId} has a {message.GetType().Name} in its journal.");
        }
    }

    /// <summary>The memory is there.</summary>
    protected virtual void OnRecovered()
    {
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        if (!Services.Recoveries.MayBegin(PersistenceId))
        {
            Context.Stop(Self);
        }
    }

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message)
    {
        // What was decided for it is lost with the memory, or, if a page left already, may be stored.
        if (message is IRequest { Request: var request })
        {
            replies.Add(request, Services.OutcomeUnknown(PersistenceId));
            failure ??= Services.OutcomeUnknown(PersistenceId);
        }

        base.PreRestart(reason, message);
    }

    /// <inheritdoc/>
    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        Services.Recoveries.Failed(PersistenceId, reason);
        Context.GetLogger().Error(reason, "{0} was not recovered", PersistenceId);
    }

    /// <inheritdoc/>
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        failure = Services.FailureOf(cause, PersistenceId);
        isOutrun = cause is PageConflictException;
        Context.GetLogger().Error(cause, "Page {0} of {1} was not stored; the entity stops and recovers from the journal", sequenceNr, PersistenceId);
    }

    /// <inheritdoc/>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        failure = Services.NotRecorded(PersistenceId);
        Context.GetLogger().Error(cause, "Page {0} of {1} was rejected; the entity stops and recovers from the journal", sequenceNr, PersistenceId);
        Context.Stop(Self);
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        // The page on its way may be stored all the same; those behind it were never sent.
        var told = failure ?? Services.OutcomeUnknown(PersistenceId);
        foreach (var page in closed)
        {
            page.Replies.SendInstead(told, Self);
            told = Behind(told);
        }

        replies.SendInstead(told, Self);
        open?.Dispose();
        recovery?.Dispose();
        base.PostStop();
    }

    // Pages behind one that failed were never sent. Where another instance is at work it may have taken the same requests.
    private RequestFailure Behind(RequestFailure first) => isOutrun ? first : Services.NotRecorded(PersistenceId);

    private OpenPage Open => open ?? throw new InvalidOperationException($"{PersistenceId} is not recovered yet.");

    private EntityMemory EmptyMemory() => new(EntityNames.Empty(PersistenceId), new RecentAnswers(Services.Bounds.KeysKept, Services.Bounds.KeyLifetime));

    // A page may be closed and the memory written out in here: what the record says is in the memory before.
    private void EndRecord<T>(Moment at, ReadOnlySpan<T> events, Action<ByteWriter, T> write)
    {
        foreach (var happened in events)
        {
            write(Open.Writer, happened);
        }

        Open.End();
        Memory.At = at;
        if (Open.Length >= Services.Bounds.PageBytes)
        {
            CloseOpenPage();
            PersistNext();
        }
        else if (!isWriting && !willClose)
        {
            willClose = true;
            Services.Gathering.Close(Self);
        }
    }

    private void CloseOpenPage()
    {
        if (Open.Count == 0)
        {
            return;
        }

        var page = Open.Close();
        unstored += page.Bytes.Length;
        EntitySnapshot? snapshot = null;
        if (RecordsSinceSnapshot >= RecordsPerSnapshot && MayTakeSnapshot())
        {
            // The memory runs ahead of the database, so the state is written out now and saved when this page is stored.
            snapshotRecord = Open.Last;
            snapshot = EntitySnapshots.Write(Memory, Open.Last, Open.Hash);
        }

        closed.Enqueue(new ClosedPage(page, replies, news, snapshot));
        (replies, news) = (new(), []);
    }

    private void PersistNext()
    {
        if (!isWriting && closed.TryPeek(out var next))
        {
            isWriting = true;
            PersistAsync(next.Page, OnStored);
        }
    }

    private void OnStored(Page page)
    {
        isWriting = false;
        var stored = closed.Dequeue();
        unstored -= page.Bytes.Length;
        stored.Replies.Send(Self);
        foreach (var (to, message) in stored.News)
        {
            to.Tell(message, Self);
        }

        if (stored.Snapshot is { } snapshot)
        {
            SaveSnapshot(snapshot);
        }

        if (closed.Count > 0)
        {
            PersistNext();
        }
        else if (Open.Count > 0 && !willClose)
        {
            willClose = true;
            Services.Gathering.Close(Self);
        }

        StopIfStored();
    }

    /// <summary>True when nobody waits for anything but the database, so that the entity may stop when all is stored.</summary>
    protected virtual bool MayStop => true;

    /// <summary>Stops the entity where that was asked for and nothing is left to be stored or answered.</summary>
    protected void StopIfStored()
    {
        if (willStop && IsStored && MayStop)
        {
            Context.Stop(Self);
        }
    }

    private sealed record ClosedPage(Page Page, ReplyBundles Replies, List<(IActorRef To, object Message)> News, EntitySnapshot? Snapshot);
}

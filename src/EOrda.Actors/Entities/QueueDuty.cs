using System.Runtime.InteropServices;
using EOrda.Actors.Answers;
using EOrda.Actors.Journal;
using EOrda.Actors.Live;
using EOrda.Actors.Mailboxes;
using EOrda.Actors.Telemetry;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Recording;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Actors.Entities;

/// <summary>What a queue's entity does beyond keeping its memory: it settles what is due, on time, and tells those who watch.</summary>
internal sealed class QueueDuty(Node node, QueueKey key)
{
    private readonly QueueFeed feed = new(key, node.Options);
    private readonly DueReports reports = new(node.Metrics, node.Log);
    private readonly List<DatedEvent> happened = [];
    private DueTimer? timer;
    private CountryDirectory? rulesAsOf;
    private IReadOnlyList<RulesInForce> rules = [];

    // What came due while the queue was at rest is not late: nobody looked.
    private Moment loadedAt = Moment.Never;

    /// <summary>The queue's name.</summary>
    public QueueKey Key { get; } = key;

    /// <summary>True while somebody watches.</summary>
    public bool IsWatched => feed.IsWatched;

    /// <summary>True when an update waits to be sealed.</summary>
    public bool HasUpdate => feed.HasUpdate;

    /// <summary>Those who watch, and what they are told.</summary>
    public QueueFeed Feed => feed;

    /// <summary>The queue of an entity.</summary>
    public static Queue QueueOf(Entity entity) => ((QueueState)entity.Memory.State).Queue;

    /// <summary>The queue, under the rules in force and with everything due by the instant recorded.</summary>
    public Queue BringUp(Entity entity, Moment at)
    {
        var queue = QueueOf(entity);
        var before = queue.RulesAdopted > 0 ? queue.Rules : null;
        happened.Clear();
        RulesAdoption.BringUp(queue, Rules(), at, happened);
        reports.LookAtDeadlines(Key.Locality, before, happened);
        RecordDues(entity, at);
        return queue;
    }

    /// <summary>The same for one that decides nothing: refused at once where something would have to be recorded and cannot be.</summary>
    /// <exception cref="NotRecordedException">The journal does not record at present.</exception>
    public Queue BringUpToLook(Entity entity, Moment at)
    {
        var queue = QueueOf(entity);
        if (!node.Commits.IsAvailable && (queue.NextDue <= at || queue.RulesAdopted < Rules().Count))
        {
            throw new NotRecordedException("The journal does not record at present; nothing has changed.", node.Options.JournalPause);
        }

        return BringUp(entity, at);
    }

    /// <summary>Has the queue decide a command alone, and records it unless the application or place is not the queue's.</summary>
    public Answer Execute(Entity entity, Ask ask, Moment at)
    {
        happened.Clear();
        var answer = QueueOf(entity).Execute(ask.Command, at, node.Targets, happened);
        reports.LookAtDeadlines(Key.Locality, QueueOf(entity).Rules, happened);
        if (ask.IsKept(answer))
        {
            entity.Record(at, new RecordedCommand(ask.Key, ask.Fingerprint, answer), CollectionsMarshal.AsSpan(happened), WriteEvent);
        }

        return answer;
    }

    /// <summary>Counts the event's deadline when it reaches a year that the calendar does not know, and logs each locality's year once.</summary>
    public void LookAtDeadline(LocalityRules inForce, QueueEvent e) => reports.LookAtDeadline(Key.Locality, inForce, e);

    /// <summary>The memory was recovered.</summary>
    public void Begin(EntityMemory memory)
    {
        loadedAt = node.Now;
        feed.Begin(((QueueState)memory.State).Queue);
    }

    /// <summary>The memory was given up.</summary>
    public void Forget() => feed.Forget();

    /// <summary>Before what was recorded is sealed: the update that goes with it, when one is due.</summary>
    public void BeforeSeal(EntityMemory memory, Moment now) => feed.Prepare(((QueueState)memory.State).Queue, now, node.Time.GetTimestamp(), node.Time);

    /// <summary>Adds the update to a commit.</summary>
    public void AddTo(Commit commit) => commit.Live ??= feed.Take();

    /// <summary>Has the entity woken when something is due next, or when those who watch are to be told.</summary>
    public void SetTimer(Entity entity, EntityMemory? memory)
    {
        if (node.IsStopping)
        {
            return;
        }

        timer ??= TimerOf(entity);
        var now = node.Now;
        timer.Set(NextWake(memory, now), now);
    }

    private DueTimer TimerOf(Entity entity) => new(node.Time, () => entity.PostOwn(new Wake()));

    /// <summary>The clock was set: the timer waits for the wrong length of time.</summary>
    public void ResetTimer() => timer?.Reset();

    /// <summary>Ends the waking.</summary>
    public void Stop() => timer?.Dispose();

    // While the journal is out, or the memory gone, only now and then: to try again, for those who watch.
    private Moment NextWake(EntityMemory? memory, Moment now)
    {
        var later = new Moment(now.UnixMilliseconds + (long)node.Options.JournalPause.TotalMilliseconds);
        if (memory is null)
        {
            return IsWatched ? later : Moment.Never;
        }

        var queue = ((QueueState)memory.State).Queue;
        var next = Moment.Min(queue.NextDue, feed.NextUpdate(queue, now, node.Time.GetTimestamp(), node.Time));
        return node.Commits.IsAvailable ? next : Moment.Max(next, later);
    }

    // Looked up again only when something in the country has changed.
    private IReadOnlyList<RulesInForce> Rules()
    {
        if (node.Country is var now && !ReferenceEquals(rulesAsOf, now))
        {
            rules = node.RulesOf(Key.Locality);
            rulesAsOf = now;
        }

        return rules;
    }

    private static void WriteEvent(ByteWriter to, DatedEvent dated) => EventFormat.Write(to, dated.Event);

    // One record for each instant: a record has one.
    private void RecordDues(Entity entity, Moment now)
    {
        for (int start = 0, end; start < happened.Count; start = end)
        {
            var at = happened[start].At;
            for (end = start + 1; end < happened.Count && happened[end].At == at; end++)
            {
            }

            if (at >= loadedAt)
            {
                reports.Settled(at, now);
            }

            entity.Record(at, command: null, CollectionsMarshal.AsSpan(happened)[start..end], WriteEvent);
        }
    }
}

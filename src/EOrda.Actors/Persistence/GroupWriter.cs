using System.Collections.Concurrent;
using System.Data.Common;
using Akka.Persistence;
using EOrda.Actors.Telemetry;

namespace EOrda.Actors.Persistence;

/// <summary>
/// Stores the pages of a node: each of its threads takes all pages that wait and stores them in one transaction; then their entities hear of it.
/// An entity has one page on its way at a time, so no order has to be kept between pages.
/// </summary>
internal sealed class GroupWriter : IDisposable
{
    // A transaction ends behind the page with which it reaches this.
    private const int TransactionBytes = 4 << 20;
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(10);

    private readonly BlockingCollection<WaitingPage> waiting = [];
    private readonly Database database;
    private readonly DatabaseHealth health;
    private readonly TimeProvider time;
    private readonly ActorsMetrics? metrics;
    private readonly Thread[] threads;

    /// <summary>Starts the threads.</summary>
    public GroupWriter(Database database, DatabaseHealth health, TimeProvider time, ActorsMetrics? metrics = null)
    {
        this.metrics = metrics;
        this.database = database;
        this.health = health;
        this.time = time;
        threads = [.. Enumerable.Range(0, database.Writers).Select(i => new Thread(Run) { Name = $"journal {i}", IsBackground = true })];
        Array.ForEach(threads, thread => thread.Start());
    }

    /// <summary>Takes a page in.</summary>
    public void Add(WaitingPage page)
    {
        try
        {
            waiting.Add(page);
        }
        catch (InvalidOperationException)
        {
            Fail(page, new PageNotStoredException("The node stops."));
        }
    }

    /// <summary>Stores what waits and ends.</summary>
    public void Dispose()
    {
        waiting.CompleteAdding();
        foreach (var thread in threads)
        {
            thread.Join(LongestStop);
        }
    }

    private void Run()
    {
        PageWriter? writer = null;
        var taken = new List<WaitingPage>();
        while (waiting.TryTake(out var first, Timeout.Infinite))
        {
            taken.Clear();
            taken.Add(first);
            for (var bytes = first.Page.Bytes.Length; bytes < TransactionBytes && waiting.TryTake(out var next); bytes += next.Page.Bytes.Length)
            {
                taken.Add(next);
            }

            Store(ref writer, taken);
        }

        writer?.Dispose();
    }

    private void Store(ref PageWriter? writer, List<WaitingPage> pages)
    {
        if (!health.IsAvailable)
        {
            pages.ForEach(page => Fail(page, new PageNotStoredException("The database failed a moment ago.")));
            return;
        }

        var begun = time.GetTimestamp();
        try
        {
            writer ??= Connect();
            writer.Write(pages, time.GetUtcNow().UtcTicks);
        }
        catch (Exception fault)
        {
            if (fault is PageNotStoredException)
            {
                health.Refused();
            }
            else
            {
                health.Failed();
            }

            metrics?.TransactionRefused(time.GetElapsedTime(begun));
            writer?.Dispose();
            writer = null;
            pages.ForEach(page => Fail(page, fault));
            return;
        }

        health.Worked();
        metrics?.TransactionWritten(pages.Sum(page => page.Page.Count), time.GetElapsedTime(begun));
        pages.ForEach(Tell);
    }

    private PageWriter Connect()
    {
        try
        {
            return database.OpenWriter();
        }
        catch (DbException fault)
        {
            throw new PageNotStoredException(fault.Message, fault);
        }
    }

    private static void Tell(WaitingPage page)
    {
        if (page.IsTaken)
        {
            Fail(page, new PageConflictException(page.Event.PersistenceId, page.Event.SequenceNr));
            return;
        }

        page.Entity.Tell(WriteMessagesSuccessful.Instance, Akka.Actor.ActorRefs.NoSender);
        page.Entity.Tell(new WriteMessageSuccess(page.Event, page.Instance), Akka.Actor.ActorRefs.NoSender);
    }

    private static void Fail(WaitingPage page, Exception fault)
    {
        page.Entity.Tell(new WriteMessagesFailed(fault, 1), Akka.Actor.ActorRefs.NoSender);
        page.Entity.Tell(new WriteMessageFailure(page.Event, fault, page.Instance), Akka.Actor.ActorRefs.NoSender);
    }
}

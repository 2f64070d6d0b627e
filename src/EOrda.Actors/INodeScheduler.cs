namespace EOrda.Actors;

/// <summary>Where a node's work runs. The simulator has one of its own.</summary>
public interface INodeScheduler : IDisposable
{
    /// <summary>Runs work on some thread, soon.</summary>
    void Run(IThreadPoolWorkItem work);

    /// <summary>Runs the journal's work, which blocks on the disk.</summary>
    void RunJournal(IThreadPoolWorkItem work);

    /// <summary>Has the journal's work, which calls it, wait a moment for more to gather. Shorter when the scheduler is disposed of.</summary>
    void PauseJournal(TimeSpan pause);
}

/// <summary>The thread pool, and one thread for the journal.</summary>
public sealed class ThreadPoolScheduler : INodeScheduler
{
    private readonly Thread journalThread;

    // One that does not spin: the processors have better things to do. Never disposed of: a late caller must find it.
    private readonly AutoResetEvent journalCalls = new(initialState: false);
    private IThreadPoolWorkItem? journalWork;
    private volatile bool stopped;

    /// <summary>Starts the journal's thread.</summary>
    public ThreadPoolScheduler()
    {
        journalThread = new Thread(RunJournalCalls) { IsBackground = true, Name = "journal" };
        journalThread.Start();
    }

    /// <inheritdoc/>
    public void Run(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);

    /// <inheritdoc/>
    public void RunJournal(IThreadPoolWorkItem work)
    {
        Volatile.Write(ref journalWork, work);
        journalCalls.Set();
    }

    /// <inheritdoc/>
    /// <remarks>Nobody calls the journal while it works, so only <see cref="Dispose"/> ends the wait early.</remarks>
    public void PauseJournal(TimeSpan pause) => journalCalls.WaitOne(pause);

    /// <inheritdoc/>
    public void Dispose()
    {
        stopped = true;
        journalCalls.Set();
        journalThread.Join();
    }

    private void RunJournalCalls()
    {
        while (!stopped)
        {
            journalCalls.WaitOne();
            if (!stopped)
            {
                Volatile.Read(ref journalWork)!.Execute();
            }
        }
    }
}

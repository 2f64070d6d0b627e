using System.Diagnostics;

namespace EOrda.Load.Measures;

/// <summary>The tool's own clock and its waits: milliseconds of a clock that only goes on, waited for to about a millisecond.</summary>
internal sealed class Ticker : IDisposable
{
    private readonly PriorityQueue<TaskCompletionSource, double> waiting = new();
    private readonly Lock gate = new();
    private readonly AutoResetEvent woken = new(initialState: false);
    private readonly Thread thread;
    private volatile bool ending;

    public Ticker()
    {
        thread = new Thread(Run) { IsBackground = true, Name = "ticker", Priority = ThreadPriority.AboveNormal };
        thread.Start();
    }

    /// <summary>The instant now.</summary>
    public static double Now => Stopwatch.GetTimestamp() * 1_000.0 / Stopwatch.Frequency;

    /// <summary>Waits for an instant; one that has passed is waited for no longer.</summary>
    public Task Until(double instant)
    {
        if (instant <= Now)
        {
            return Task.CompletedTask;
        }

        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Enqueue(source, instant);
        }

        woken.Set();
        return source.Task;
    }

    /// <summary>Waits so many seconds.</summary>
    public Task For(double seconds) => Until(Now + seconds * 1_000);

    /// <inheritdoc/>
    public void Dispose()
    {
        ending = true;
        woken.Set();
        thread.Join();
        woken.Dispose();
    }

    private void Run()
    {
        while (!ending)
        {
            var next = Release();
            var wait = next - Now;
            if (wait > 0)
            {
                woken.WaitOne(wait > 1_000 ? 1_000 : Math.Max(1, (int)wait));
            }
        }

        // Whoever still waits is let go, and finds that the run has ended.
        Release(all: true);
    }

    /// <summary>Lets everyone go whose instant has come; returns the next instant.</summary>
    private double Release(bool all = false)
    {
        while (true)
        {
            TaskCompletionSource due;
            lock (gate)
            {
                if (!waiting.TryPeek(out due!, out var instant))
                {
                    return double.MaxValue;
                }

                if (instant > Now && !all)
                {
                    return instant;
                }

                waiting.Dequeue();
            }

            due.SetResult();
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using EOrda.Accounts.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace EOrda.Accounts.Passwords;

/// <summary>
/// Hashes and checks passwords (Identity's PBKDF2) on threads of its own, at the lowest priority, so that the race goes first. A bounded number wait;
/// who comes beyond that hears when to try again. Safe for concurrent use.
/// </summary>
internal sealed partial class PasswordQueue : IDisposable
{
    private const int Nicest = 19;
    private static readonly TimeSpan SmallestRetry = TimeSpan.FromSeconds(1);

    private readonly PasswordHasher<Person> hasher;
    private readonly Person nobody;
    private readonly string decoy;
    private readonly BlockingCollection<Action> jobs = [];
    private readonly int bound;
    private readonly int threads;
    private readonly TimeSpan oneHash;
    private int inside;
    private long computed;

    public PasswordQueue(AccountOptions options, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PasswordThreads, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.PasswordThreads, 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PasswordsWaiting, 1, nameof(options));
        bound = options.PasswordsWaiting;
        threads = options.PasswordThreads;
        hasher = new PasswordHasher<Person>(Options.Create(new PasswordHasherOptions { IterationCount = options.PasswordIterations }));
        nobody = new Person { Id = Guid.Empty, CreatedAt = default };
        var began = time.GetTimestamp();
        decoy = hasher.HashPassword(nobody, "the password of nobody");
        oneHash = time.GetElapsedTime(began);
        for (var i = 0; i < threads; i++)
        {
            new Thread(Work) { IsBackground = true, Name = $"passwords {i + 1}", Priority = ThreadPriority.Lowest }.Start();
        }
    }

    /// <summary>How many hashes were computed.</summary>
    public long Computed => Interlocked.Read(ref computed);

    /// <summary>Takes a place in the queue before anything else is done for the caller. Dispose it.</summary>
    public bool TryEnter([NotNullWhen(true)] out Place? place)
    {
        if (Interlocked.Increment(ref inside) > bound)
        {
            Interlocked.Decrement(ref inside);
            place = null;
            return false;
        }

        place = new Place(this);
        return true;
    }

    /// <summary>The reply to who finds no place.</summary>
    public Refusal Busy()
    {
        var wait = oneHash * (bound / threads);
        return new Refusal(Reasons.Busy, wait > SmallestRetry ? wait : SmallestRetry);
    }

    public void Dispose() => jobs.CompleteAdding();

    /// <summary>A thread's niceness is its own on Linux, where .NET's priority says nothing. What it is elsewhere does not matter.</summary>
    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int niceness);

    private void Work()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(0, 0, Nicest);
        }

        foreach (var job in jobs.GetConsumingEnumerable())
        {
            job();
        }
    }

    private Task<T> Run<T>(Func<T> hash)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        jobs.Add(() =>
        {
            try
            {
                Interlocked.Increment(ref computed);
                done.SetResult(hash());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    /// <summary>A place in the queue.</summary>
    internal sealed class Place(PasswordQueue queue) : IDisposable
    {
        /// <summary>Hashes a password.</summary>
        public Task<string> Hash(string password) => queue.Run(() => queue.hasher.HashPassword(queue.nobody, password));

        /// <summary>Checks a password. Without a hash to check against, the same work is done and the reply is no.</summary>
        public Task<bool> Check(string? hash, string password) => queue.Run(() =>
            queue.hasher.VerifyHashedPassword(queue.nobody, hash ?? queue.decoy, password) != PasswordVerificationResult.Failed && hash is not null);

        /// <summary>Gives the place to the next.</summary>
        public void Dispose() => Interlocked.Decrement(ref queue.inside);
    }
}

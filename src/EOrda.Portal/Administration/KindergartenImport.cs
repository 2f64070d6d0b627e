using EOrda.Actors;
using EOrda.Portal.Idempotency;
using EOrda.Portal.Localities;
using EOrda.Portal.Problems;
using EOrda.Queues;
using EOrda.Queues.Rules;

namespace EOrda.Portal.Administration;

/// <summary>
/// Registers the kindergartens of a file, those first that the queues do not know, and keeps what they are called. Repeatable: what is there already stays as it is.
/// One import at a time a node.
/// </summary>
internal sealed class KindergartenImport(IQueues queues, StoredNames names, KindergartenNames known) : IDisposable
{
    private const int AtOnce = 250;
    private const int InFlight = 16;
    private const int MostAttempts = 30;
    private readonly SemaphoreSlim one = new(1);

    /// <summary>True when a kindergarten is registered in the locality with the same kind.</summary>
    public static bool IsSame(CountryDirectory directory, KindergartenDraft draft, string locality) =>
        directory.Kindergartens.TryGetValue(draft.Named.Kindergarten, out var registered) && registered.Locality == locality && registered.Kind == draft.Kind;

    /// <summary>What is wrong with a well written kindergarten: it is registered otherwise.</summary>
    public static Fault? Check(CountryDirectory directory, KindergartenDraft draft, string locality) =>
        directory.Kindergartens.ContainsKey(draft.Named.Kindergarten) && !IsSame(directory, draft, locality) ? Fault.RegisteredElsewhere : null;

    /// <summary>Begins an import where none is under way; whoever begins ends it with <see cref="End"/>.</summary>
    public bool TryBegin() => one.Wait(0, CancellationToken.None);

    /// <summary>Ends an import.</summary>
    public void End() => one.Release();

    /// <summary>What an import of a file without faults does.</summary>
    public ImportReport Plan(CountryDirectory directory, KindergartenFile file, bool dryRun)
    {
        var isNew = file.Drafts.Count(draft => !directory.Kindergartens.ContainsKey(draft.Named.Kindergarten));
        var isChanged = file.Drafts.Count(draft => directory.Kindergartens.ContainsKey(draft.Named.Kindergarten) && known.Find(draft.Named.Kindergarten) != draft.Named);
        return new ImportReport(dryRun, file.Rows, isNew, isChanged, file.Drafts.Count - isNew - isChanged, file.BadRows, file.Faults);
    }

    /// <summary>Imports.</summary>
    /// <param name="locality">The locality.</param>
    /// <param name="drafts">The kindergartens.</param>
    /// <param name="key">The caller's key of the import: with the identifier it makes the key of each registration.</param>
    /// <param name="progress">Told how many are done.</param>
    /// <param name="cancel">Stops between two steps; the same file again goes on.</param>
    public async Task RunAsync(string locality, IReadOnlyList<KindergartenDraft> drafts, string key, Func<int, Task> progress, CancellationToken cancel)
    {
        var done = 0;
        foreach (var step in drafts.Chunk(AtOnce))
        {
            var directory = await queues.Directory(cancel);
            var toRegister = step.Where(draft => !directory.Kindergartens.ContainsKey(draft.Named.Kindergarten));
            await Parallel.ForEachAsync(toRegister, new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancel }, async (draft, stop) =>
                await RegisterAsync(locality, draft, IdempotencyKey.Of(draft.Named.Kindergarten, key), stop));
            var changed = step.Where(draft => known.Find(draft.Named.Kindergarten) != draft.Named).Select(draft => draft.Named).ToList();
            if (changed.Count > 0)
            {
                await names.SetAsync(locality, changed, cancel);
            }

            done += step.Length;
            await progress(done);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    // The race goes first: a queue that is busy is asked again later.
    private async Task RegisterAsync(string locality, KindergartenDraft draft, CommandKey key, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await queues.Ask(new RegisterKindergarten(draft.Named.Kindergarten, locality, draft.Kind), key, queue: null, cancel);
                if (answer is Refusal { Reason: not Reason.DuplicateKindergarten } refusal)
                {
                    throw new ProblemException(Problem.Of(refusal.Reason));
                }

                if (answer is Refusal && !IsSame(await queues.Directory(cancel), draft, locality))
                {
                    throw new ProblemException(StaffProblems.KindergartenElsewhere);
                }

                return;
            }
            catch (BusyException e) when (attempt < MostAttempts)
            {
                await Task.Delay(e.RetryAfter, cancel);
            }
        }
    }
}

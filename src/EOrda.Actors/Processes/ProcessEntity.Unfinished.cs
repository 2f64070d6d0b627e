using System.Security.Cryptography;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Recording;
using EOrda.Queues.Time;

namespace EOrda.Actors.Processes;

internal abstract partial class ProcessEntity<TEvent>
{
    private HashSet<CommandKey> seenUnfinished = [];
    private bool looksForUnfinished;
    private long freshKeys;

    /// <summary>True while the state has something of a process in it. The entity must not be passivated then.</summary>
    protected virtual bool HasUnfinished => false;

    /// <summary>The processes to be run again at an instant, as the state says.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="fresh">A key that nobody used before.</param>
    protected virtual IEnumerable<Process> Unfinished(Moment at, CommandKey fresh) => [];

    /// <inheritdoc/>
    protected override void OnRecovered()
    {
        base.OnRecovered();
        seenUnfinished = [.. Unfinished(Memory.At, default).Select(SubjectOf)];
        SeeToUnfinished();
    }

    /// <summary>Looks again after a while for what is unfinished in the state.</summary>
    protected void SeeToUnfinished()
    {
        if (HasUnfinished && !looksForUnfinished)
        {
            looksForUnfinished = true;
            Timers.StartSingleTimer(nameof(LookForUnfinished), LookForUnfinished.Now, Services.Bounds.UnfinishedAfter);
        }
    }

    // Whoever began it is given the time from one look to the next to end it.
    private void RunUnfinished()
    {
        looksForUnfinished = false;
        var at = InstantNow();
        if (BringUp(at) is null)
        {
            var now = Unfinished(at, FreshKey(at)).ToList();
            foreach (var process in now.Where(process => seenUnfinished.Contains(SubjectOf(process))))
            {
                Processes.RunAgain(process);
            }

            seenUnfinished = [.. now.Select(SubjectOf)];
        }

        SeeToUnfinished();
    }

    private static CommandKey SubjectOf(Process process) => process is TwinsProcess twins ? twins.Batch : process.Key;

    // The entity's clock never goes back, so no instance of it made the key before.
    private CommandKey FreshKey(Moment at)
    {
        var to = new ByteWriter(64);
        to.Text(PersistenceId);
        to.Moment(at);
        to.Count(++freshKeys);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(to.Written.Span, hash);
        var from = new ByteReader(hash);
        return from.Key();
    }

    /// <summary>Tells an entity to look for what is unfinished.</summary>
    private sealed class LookForUnfinished
    {
        public static readonly LookForUnfinished Now = new();

        private LookForUnfinished()
        {
        }
    }
}

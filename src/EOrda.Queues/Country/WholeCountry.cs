using EOrda.Queues.Names;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;

namespace EOrda.Queues.Country;

/// <summary>
/// All queues, one register and the localities, in memory and on the caller's time: what replay, tests and rehearsals run.
/// Not safe for use by several threads at once.
/// </summary>
/// <param name="watch">Is told everything that happens in a queue, after it did; null when nobody watches.</param>
public sealed class WholeCountry(Action<Queue, QueueEvent>? watch = null) : ITurn, ITargets
{
    private readonly List<DatedEvent>? happened = watch is null ? null : [];
    private readonly Register register = new();
    private readonly Dictionary<QueueKey, Queue> queues = [];
    private readonly Dictionary<string, List<QueueKey>> byLocality = [];
    private ulong commands;

    /// <summary>The instant of the command executed last.</summary>
    public Moment At { get; private set; } = Moment.Beginning;

    /// <summary>The country's localities and kindergartens.</summary>
    public Localities Localities { get; } = new();

    /// <inheritdoc/>
    public bool AllAtOnce => true;

    /// <summary>Executes a command at an instant, not before the one executed last. Its key is its number, from 1 on.</summary>
    public Answer Execute(Command command, Moment at)
    {
        MoveTo(at);
        var answer = Turn.Take(command, new CommandKey(++commands), this);
        return answer is CleanedUp cleaned ? new CleanedUp([.. cleaned.StopListed.OrderBy(register.NumberOf)]) : answer;
    }

    /// <summary>The queue of an application at an instant, or null when the application is not known.</summary>
    public Queue? QueueOfApplication(string application, Moment at)
    {
        MoveTo(at);
        return register.QueueOfApplication(application) is { } key ? QueueOf(key) : null;
    }

    /// <summary>A queue of a known locality at an instant; null when the text names none.</summary>
    public Queue? QueueNamed(string text, Moment at)
    {
        MoveTo(at);
        return QueueKey.TryParse(text, out var key) && Localities.RulesOf(key.Locality) is not null ? QueueOf(key) : null;
    }

    /// <summary>A queue of a known locality, settled up to <see cref="At"/> under the rules in force. It exists as soon as it is named.</summary>
    public Queue QueueOf(QueueKey key)
    {
        if (!queues.TryGetValue(key, out var queue))
        {
            queue = queues[key] = new Queue(key);
            if (!byLocality.TryGetValue(key.Locality, out var keys))
            {
                byLocality[key.Locality] = keys = [];
            }

            keys.Add(key);
        }

        RulesAdoption.BringUp(queue, Localities.RulesOf(key.Locality)!, At, happened);
        TellOf(queue);
        return queue;
    }

    /// <inheritdoc/>
    public bool IsKindergarten(string kindergarten) => Localities.Kindergartens.ContainsKey(kindergarten);

    /// <inheritdoc/>
    public bool IsPlace(string place) => register.QueueOfPlace(place) is not null;

    Reply ITurn.Take(ProcessStep asked)
    {
        switch (asked)
        {
            case RegisterStep s:
                return register.Take(s, noted: null);
            case FindQueues s:
                return new QueuesFound(Localities.RulesOf(s.Locality) is null ? null : [.. byLocality.GetValueOrDefault(s.Locality, [])]);
            case LocalityStep s:
                return Localities.Take(s, At, happened: null);
            default:
                var ofQueue = (QueueStep)asked;
                var queue = QueueOf(ofQueue.Queue);
                var reply = queue.Take(ofQueue, At, this, happened);
                TellOf(queue);
                return reply;
        }
    }

    private void TellOf(Queue queue)
    {
        if (happened is null)
        {
            return;
        }

        foreach (var (_, e) in happened)
        {
            watch!(queue, e);
        }

        happened.Clear();
    }

    private void MoveTo(Moment at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(at, At);
        At = at;
    }
}

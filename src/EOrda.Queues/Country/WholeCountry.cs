using EOrda.Queues.Names;
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

    /// <inheritdoc/>
    public Moment At { get; private set; } = Moment.Beginning;

    /// <inheritdoc/>
    public Localities Localities { get; } = new();

    /// <inheritdoc/>
    public ITargets Targets => this;

    /// <summary>Executes a command at an instant, not before the one executed last.</summary>
    public Answer Execute(Command command, Moment at)
    {
        MoveTo(at);
        return Turn.Take(command, this);
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

    /// <inheritdoc/>
    public Register RegisterOf(string identifier) => register;

    /// <inheritdoc/>
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
    public IEnumerable<QueueKey> QueuesOf(string locality) => byLocality.TryGetValue(locality, out var keys) ? keys : [];

    /// <inheritdoc/>
    public bool IsKindergarten(string kindergarten) => Localities.Kindergartens.ContainsKey(kindergarten);

    /// <inheritdoc/>
    public bool IsPlace(string place) => register.QueueOfPlace(place) is not null;

    void ITurn.Happen(Queue queue, QueueEvent e)
    {
        queue.Happen(e, At, happened);
        TellOf(queue);
    }

    void ITurn.Happen(string identifier, RegisterEvent e) => register.Apply(e);

    void ITurn.Happen(LocalityEvent e) => Localities.Apply(e, At);

    Answer ITurn.Execute(Queue queue, Command command)
    {
        var answer = queue.Execute(command, At, this, happened);
        TellOf(queue);
        return answer;
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

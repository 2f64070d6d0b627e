using EOrda.Queues.Names;
using EOrda.Queues.Storage;

namespace EOrda.Queues.Country;

/// <summary>Something that a register took note of.</summary>
public abstract record RegisterEvent;

/// <summary>An application's identifier is of a queue.</summary>
public sealed record ApplicationRegistered(string Application, QueueKey Queue) : RegisterEvent;

/// <summary>A place's identifier is of a queue.</summary>
public sealed record PlaceRegistered(string Place, QueueKey Queue) : RegisterEvent;

/// <summary>The application filed last for a child in a kind. Whether it is still active its queue says.</summary>
public sealed record ChildFiled(string Child, QueueKey Queue, int Application) : RegisterEvent;

/// <summary>The application on which a child was enrolled last in a kind. Whether it still is there its queue says.</summary>
public sealed record ChildPlaced(string Child, QueueKey Queue, int Application) : RegisterEvent;

/// <summary>An application of a queue, by its registration number there.</summary>
public readonly record struct ApplicationPointer(QueueKey Queue, int Application);

/// <summary>
/// Which queue an application or place is of, and where each child stands in the country (rules, section 4: one active application a child and kind).
/// Holds pointers, not locks, so nothing in it can leak.
/// </summary>
public sealed class Register
{
    private readonly NameTable applications = new();
    private readonly Paged<int> applicationQueues = new();
    private readonly NameTable places = new();
    private readonly Paged<int> placeQueues = new();
    private readonly NameTable children = new();
    private readonly Paged<(int Queue, int Application)> filed = new();
    private readonly Dictionary<int, ApplicationPointer> placed = [];
    private readonly Dictionary<QueueKey, int> queueNumbers = [];
    private readonly List<QueueKey> queues = [];

    /// <summary>How many applications are registered here.</summary>
    public int ApplicationCount => applications.Count;

    /// <summary>How many places are registered here.</summary>
    public int PlaceCount => places.Count;

    /// <summary>The queue of an application, or null.</summary>
    public QueueKey? QueueOfApplication(string application)
    {
        var number = applications.Find(application);
        return number < 0 ? null : queues[applicationQueues[number]];
    }

    /// <summary>The queue of a place, or null.</summary>
    public QueueKey? QueueOfPlace(string place)
    {
        var number = places.Find(place);
        return number < 0 ? null : queues[placeQueues[number]];
    }

    /// <summary>The registration number of an application among those of this register; -1 when it is not known.</summary>
    public int NumberOf(string application) => applications.Find(application);

    /// <summary>The application filed last for the child in the kind, or null.</summary>
    public ApplicationPointer? LastFiled(string child, Kind kind)
    {
        var number = children.Find(ChildKey(child, kind));
        return number < 0 ? null : new ApplicationPointer(queues[filed[number].Queue], filed[number].Application);
    }

    /// <summary>The application on which the child was enrolled last in the kind, or null.</summary>
    public ApplicationPointer? LastPlaced(string child, Kind kind)
    {
        var number = children.Find(ChildKey(child, kind));
        return number >= 0 && placed.TryGetValue(number, out var pointer) ? pointer : null;
    }

    /// <summary>Events that make this state, in the order of registration.</summary>
    internal IEnumerable<RegisterEvent> Events()
    {
        for (var i = 0; i < applications.Count; i++)
        {
            yield return new ApplicationRegistered(applications[i], queues[applicationQueues[i]]);
        }

        for (var i = 0; i < places.Count; i++)
        {
            yield return new PlaceRegistered(places[i], queues[placeQueues[i]]);
        }

        for (var i = 0; i < children.Count; i++)
        {
            yield return new ChildFiled(children[i][1..], queues[filed[i].Queue], filed[i].Application);
        }

        foreach (var (child, pointer) in placed.OrderBy(entry => entry.Key))
        {
            yield return new ChildPlaced(children[child][1..], pointer.Queue, pointer.Application);
        }
    }

    /// <summary>Applies what was noted.</summary>
    public void Apply(RegisterEvent noted)
    {
        switch (noted)
        {
            case ApplicationRegistered e:
                applications.Intern(e.Application);
                applicationQueues.Add(NumberOf(e.Queue));
                break;
            case PlaceRegistered e:
                places.Intern(e.Place);
                placeQueues.Add(NumberOf(e.Queue));
                break;
            case ChildFiled e:
                var child = children.Intern(ChildKey(e.Child, e.Queue.Kind));
                if (child == filed.Count)
                {
                    filed.Add(default);
                }

                filed[child] = (NumberOf(e.Queue), e.Application);
                break;
            case ChildPlaced e:
                placed[children.Find(ChildKey(e.Child, e.Queue.Kind))] = new ApplicationPointer(e.Queue, e.Application);
                break;
            default:
                throw new ArgumentException($"Unknown event {noted.GetType().Name}.", nameof(noted));
        }
    }

    private static string ChildKey(string child, Kind kind) => $"{(char)('0' + (int)kind)}{child}";

    private int NumberOf(QueueKey queue)
    {
        if (!queueNumbers.TryGetValue(queue, out var number))
        {
            queueNumbers[queue] = number = queues.Count;
            queues.Add(queue);
        }

        return number;
    }
}

using EOrda.Queues.Names;
using EOrda.Queues.Storage;

namespace EOrda.Queues.Country;

/// <summary>Something that a register took note of.</summary>
public abstract record RegisterEvent;

/// <summary>An application's identifier is claimed for a queue by a filing that is under way.</summary>
public sealed record ApplicationClaimed(string Application, QueueKey Queue, CommandKey Key) : RegisterEvent;

/// <summary>The filing was refused: the identifier is nobody's again.</summary>
public sealed record ApplicationGivenBack(string Application) : RegisterEvent;

/// <summary>An application's identifier is of a queue, for ever.</summary>
/// <param name="Application">The identifier.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Key">The key of the filing; of one filed before keys were noted, none.</param>
public sealed record ApplicationRegistered(string Application, QueueKey Queue, CommandKey Key) : RegisterEvent;

/// <summary>A place's identifier is claimed for a queue by a report that is under way.</summary>
public sealed record PlaceClaimed(string Place, string Kindergarten, QueueKey Queue, CommandKey Key) : RegisterEvent;

/// <summary>A place's identifier is of a queue, for ever.</summary>
/// <param name="Place">The identifier.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Key">The key of the report; of one reported before keys were noted, none.</param>
public sealed record PlaceRegistered(string Place, QueueKey Queue, CommandKey Key) : RegisterEvent;

/// <summary>A filing has begun: no other of the child in the kind begins before it has ended.</summary>
public sealed record FilingBegun(Submit Submit, QueueKey Queue, CommandKey Key) : RegisterEvent;

/// <summary>The filing under way has ended and the child's last application stays what it was.</summary>
public sealed record FilingEnded(string Child, Kind Kind) : RegisterEvent;

/// <summary>The application filed last for a child in a kind; the filing has ended. Whether it is still active its queue says.</summary>
public sealed record ChildFiled(string Child, QueueKey Queue, int Application) : RegisterEvent;

/// <summary>The application on which a child was enrolled last in a kind. Whether it still is there its queue says.</summary>
/// <param name="Child">The child.</param>
/// <param name="Queue">The application's queue.</param>
/// <param name="Application">Its registration number there.</param>
/// <param name="Key">The key of the enrolment; of one made before keys were noted, none.</param>
/// <param name="Former">The one on which it was enrolled before, or null.</param>
public sealed record ChildPlaced(string Child, QueueKey Queue, int Application, CommandKey Key, ApplicationPointer? Former) : RegisterEvent;

/// <summary>
/// Which queue an application or place is of, and where each child stands in the country (rules, section 4: one active application a child and kind).
/// Holds pointers, not locks, so nothing in it can leak.
/// </summary>
public sealed partial class Register
{
    private readonly NameTable applications = new();
    private readonly Paged<int> applicationQueues = new();
    private readonly Paged<CommandKey> applicationKeys = new();
    private readonly NameTable places = new();
    private readonly Paged<int> placeQueues = new();
    private readonly Paged<CommandKey> placeKeys = new();
    private readonly NameTable children = new();
    private readonly Paged<(int Queue, int Application)> filed = new();
    private readonly Dictionary<int, Placing> placed = [];
    private readonly Dictionary<QueueKey, int> queueNumbers = [];
    private readonly List<QueueKey> queues = [];

    // What is under way: few at a time.
    private readonly SortedDictionary<string, ApplicationClaimed> claimedApplications = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, PlaceClaimed> claimedPlaces = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, FilingBegun> filings = new(StringComparer.Ordinal);

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
        return number >= 0 && filed[number] is { Queue: >= 0 } last ? new ApplicationPointer(queues[last.Queue], last.Application) : null;
    }

    /// <summary>The application on which the child was enrolled last in the kind, or null.</summary>
    public ApplicationPointer? LastPlaced(string child, Kind kind) => PlacingOf(child, kind)?.Application;

    /// <summary>What is under way here: filings begun, and identifiers claimed by reports, each as the event that began it.</summary>
    public IEnumerable<RegisterEvent> UnderWay => filings.Values.Concat<RegisterEvent>(claimedPlaces.Values);

    /// <summary>The identifiers of applications that filings have claimed and neither kept nor given back.</summary>
    public IEnumerable<string> ClaimedApplications => claimedApplications.Keys;

    /// <summary>Events that make this state: the same state always gives the same ones.</summary>
    internal IEnumerable<RegisterEvent> Events()
    {
        for (var i = 0; i < applications.Count; i++)
        {
            yield return new ApplicationRegistered(applications[i], queues[applicationQueues[i]], applicationKeys[i]);
        }

        for (var i = 0; i < places.Count; i++)
        {
            yield return new PlaceRegistered(places[i], queues[placeQueues[i]], placeKeys[i]);
        }

        foreach (var child in Enumerable.Range(0, children.Count).OrderBy(child => children[child], StringComparer.Ordinal))
        {
            if (filed[child].Queue >= 0)
            {
                yield return new ChildFiled(children[child][1..], queues[filed[child].Queue], filed[child].Application);
            }

            if (placed.TryGetValue(child, out var placing))
            {
                yield return new ChildPlaced(children[child][1..], placing.Application.Queue, placing.Application.Application, placing.Key, placing.Former);
            }
        }

        foreach (var begun in claimedApplications.Values.Concat<RegisterEvent>(claimedPlaces.Values).Concat(filings.Values))
        {
            yield return begun;
        }
    }

    /// <summary>Applies what was noted.</summary>
    public void Apply(RegisterEvent noted)
    {
        switch (noted)
        {
            case ApplicationClaimed e:
                claimedApplications.Add(e.Application, e);
                break;
            case ApplicationGivenBack e:
                claimedApplications.Remove(e.Application);
                break;
            case ApplicationRegistered e:
                claimedApplications.Remove(e.Application);
                applications.Intern(e.Application);
                applicationQueues.Add(NumberOf(e.Queue));
                applicationKeys.Add(e.Key);
                break;
            case PlaceClaimed e:
                claimedPlaces.Add(e.Place, e);
                break;
            case PlaceRegistered e:
                claimedPlaces.Remove(e.Place);
                places.Intern(e.Place);
                placeQueues.Add(NumberOf(e.Queue));
                placeKeys.Add(e.Key);
                break;
            case FilingBegun e:
                filings.Add(ChildKey(e.Submit.Child, e.Queue.Kind), e);
                break;
            case FilingEnded e:
                filings.Remove(ChildKey(e.Child, e.Kind));
                break;
            case ChildFiled e:
                filings.Remove(ChildKey(e.Child, e.Queue.Kind));
                filed[NumberOf(e.Child, e.Queue.Kind)] = (NumberOf(e.Queue), e.Application);
                break;
            case ChildPlaced e:
                placed[NumberOf(e.Child, e.Queue.Kind)] = new Placing(new ApplicationPointer(e.Queue, e.Application), e.Key, e.Former);
                break;
            default:
                throw new ArgumentException($"Unknown event {noted.GetType().Name}.", nameof(noted));
        }
    }

    private Placing? PlacingOf(string child, Kind kind)
    {
        var number = children.Find(ChildKey(child, kind));
        return number >= 0 && placed.TryGetValue(number, out var placing) ? placing : null;
    }

    private static string ChildKey(string child, Kind kind) => $"{(char)('0' + (int)kind)}{child}";

    private int NumberOf(string child, Kind kind)
    {
        var number = children.Intern(ChildKey(child, kind));
        if (number == filed.Count)
        {
            filed.Add((-1, 0));
        }

        return number;
    }

    private int NumberOf(QueueKey queue)
    {
        if (!queueNumbers.TryGetValue(queue, out var number))
        {
            queueNumbers[queue] = number = queues.Count;
            queues.Add(queue);
        }

        return number;
    }

    private readonly record struct Placing(ApplicationPointer Application, CommandKey Key, ApplicationPointer? Former);
}

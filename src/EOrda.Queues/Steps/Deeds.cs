using EOrda.Queues.Storage;
using EOrda.Queues.Time;

namespace EOrda.Queues.Steps;

/// <summary>What a queue did for which command: a step that is asked again, at any time, finds it done and gets the first reply.</summary>
internal sealed class Deeds
{
    private readonly Paged<CommandKey> filings = new();
    private readonly Paged<int> positions = new();
    private readonly Paged<CommandKey> reports = new();
    private readonly Paged<Moment> availables = new();

    /// <summary>The enrolments that are prepared and not complete, by the application's number.</summary>
    public SortedDictionary<int, CommandKey> Preparing { get; } = [];

    /// <summary>The enrolments, by the application's number.</summary>
    public Dictionary<int, Enrolment> Enrolled { get; } = [];

    /// <summary>The places that children left for another, by the number of the application on which they held them.</summary>
    public Dictionary<int, LeftPlace> Left { get; } = [];

    /// <summary>The key by which an application was filed.</summary>
    public CommandKey KeyOfFiling(int application) => filings[application];

    /// <summary>The position at which an application was filed; 0 under review.</summary>
    public int PositionAtFiling(int application) => positions[application];

    /// <summary>The key by which a place was reported first.</summary>
    public CommandKey KeyOfReport(int place) => reports[place];

    /// <summary>From when a place could be taken as it was reported first.</summary>
    public Moment AvailableAtReport(int place) => availables[place];

    /// <summary>The next application was filed.</summary>
    public void Filed(CommandKey key, int position)
    {
        filings.Add(key);
        positions.Add(position);
    }

    /// <summary>The next place was reported.</summary>
    public void Reported(CommandKey key, Moment availableAt)
    {
        reports.Add(key);
        availables.Add(availableAt);
    }
}

/// <summary>By which command a child was enrolled, and the place it left.</summary>
internal readonly record struct Enrolment(CommandKey Key, string? Left);

/// <summary>By which command a child left a place, and the place's number.</summary>
internal readonly record struct LeftPlace(CommandKey Key, int Place);

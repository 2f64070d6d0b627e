using System.Text.Json;
using EOrda.Model.Domain;
using EOrda.Model.Replay;
using NodaTime;

namespace EOrda.Model;

/// <summary>
/// The rules of docs/rules.md and docs/replay.md, read independently of the engine: plain lists, everything scanned and sorted on each look.
/// Takes replay lines, gives answer lines.
/// </summary>
public sealed partial class NaiveModel
{
    private readonly Dictionary<string, Locality> localities = [];
    private readonly Dictionary<string, Kindergarten> kindergartens = [];

    /// <summary>In registration order.</summary>
    private readonly List<Application> applications = [];

    /// <summary>In registration order.</summary>
    private readonly List<Place> places = [];

    /// <summary>Every referral ever issued.</summary>
    private readonly List<Referral> referrals = [];

    /// <summary>Every reservation that lapsed or was dropped.</summary>
    private readonly List<CountedLapse> lapses = [];

    private int lineNumber;
    private Instant now = Instant.MinValue;

    internal IReadOnlyDictionary<string, Locality> Localities => localities;

    internal IReadOnlyDictionary<string, Kindergarten> Kindergartens => kindergartens;

    internal IReadOnlyList<Application> Applications => applications;

    internal IReadOnlyList<Place> Places => places;

    internal Instant Now => now;

    /// <summary>Is told what happened, for statistics only.</summary>
    internal Action<string> Told { get; set; } = _ => { };

    /// <summary>The answer to the next line of a file; null for a blank line or a comment, which are counted all the same.</summary>
    /// <exception cref="MalformedLineException">The line is malformed and changed nothing.</exception>
    public string? Answer(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        lineNumber++;
        return string.IsNullOrWhiteSpace(line) || line.StartsWith('#') ? null : Take(ReplayLine.Read(line)).Write(lineNumber);
    }

    /// <summary>The answer to the next line of a file, already parsed.</summary>
    /// <exception cref="MalformedLineException">The line is malformed and changed nothing.</exception>
    public string Answer(JsonElement line)
    {
        lineNumber++;
        return Take(ReplayLine.Read(line)).Write(lineNumber);
    }

    /// <summary>Time passes and nothing is commanded; what is due takes effect, as it would before the next command.</summary>
    internal void PassTime(Instant at)
    {
        TakeDuesUntil(at);
        now = at;
    }

    private Answer Take(ReplayLine line)
    {
        if (line.At < now)
            throw new MalformedLineException("time goes back");
        PassTime(line.At);
        return line.Command switch
        {
            "rules" => LayDownRules(line),
            "amend" => Amend(line),
            "kindergarten" => OpenKindergarten(line),
            "submit" => Submit(line),
            "review" => Review(line),
            "category" => ChangeCategory(line),
            "transfer" => Transfer(line),
            "correct" => Correct(line),
            "prolong" => Prolong(line),
            "cleanup" => CleanUp(line),
            "withdraw" => Withdraw(line),
            "free" => Free(line),
            "revoke" => Revoke(line),
            "reserve" => Reserve(line),
            "confirm" => Confirm(line),
            "drop" => Drop(line),
            "cancel" => Cancel(line),
            "extend" => Extend(line),
            "verify" => Verify(line),
            "enrol" => Enrol(line),
            "refuse" => Refuse(line),
            "leave" => Leave(line),
            "position" => ShowPosition(line),
            "order" => ShowOrder(line),
            "places" => ShowPlaces(line),
            _ => throw new InvalidOperationException($"'{line.Command}' is known but not done"),
        };
    }

    private Application? FindApplication(string id) => applications.Find(application => application.Id == id);

    private Place? FindPlace(string id) => places.Find(place => place.Id == id);

    private static LocalDate DateOf(Locality locality, Instant instant) => locality.Clock.DateOf(instant);

    private LocalDate Today(Locality locality) => DateOf(locality, now);
}

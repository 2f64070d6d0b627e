using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EOrda.Model.Domain;
using EOrda.Model.Order;
using NodaTime;
using NodaTime.Text;

namespace EOrda.Model.Generation;

/// <summary>
/// Writes a random valid replay file. It lets the naive model follow along, so that it knows whom to send where and when:
/// to the boundaries, into collisions, and deep into the life of an application.
/// </summary>
internal sealed partial class Generator
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dice dice;
    private readonly Profile profile;
    private readonly int limit;
    private readonly NaiveModel model = new();
    private readonly Families families;
    private readonly ParameterValues values;
    private readonly Era era;
    private readonly List<string> lines = [];
    private Instant at;
    private int lastApplication;
    private int lastPlace;

    public Generator(int seed, int limit, Profile profile)
    {
        dice = new Dice(seed);
        this.limit = limit;
        this.profile = profile;
        families = new Families(dice, profile.OneQueue);
        values = new ParameterValues(dice);
        era = Era.Pick(dice);
    }

    public IReadOnlyList<string> Write()
    {
        at = era.Start + Duration.FromMinutes(dice.Below(1440));
        SetUp();
        while (!Done)
            Move();
        return lines;
    }

    private bool Done => lines.Count >= limit;

    private Locality Main => model.Localities[MainLocality];

    private bool IsFreezing
    {
        get
        {
            var time = at.InZone(Main.Zone).TimeOfDay;
            return time >= Main.Rules.FreezeFrom && time < Main.Rules.Release;
        }
    }

    private List<Application> Applications(string status) => [.. model.Applications.Where(application => application.Status == status)];

    private List<Place> Places(params string[] states) => [.. model.Places.Where(place => states.Contains(place.State))];

    private Application? Find(string id) => model.Applications.FirstOrDefault(application => application.Id == id);

    private LocalDate Today(Locality locality) => locality.Clock.DateOf(at);

    /// <summary>Writes a line and lets the model answer it; true when the command was done.</summary>
    private bool Say(string command, params (string Name, JsonNode? Value)[] fields)
    {
        if (Done)
            return false;
        if (dice.Below(150) == 0)
        {
            lines.Add(dice.Pick(["", "  ", "# a remark", "#"]));
            _ = model.Answer(lines[^1]);
            if (Done)
                return false;
        }

        var line = new JsonObject { ["at"] = InstantWritten(), ["do"] = command };
        foreach (var (name, value) in fields)
            line[name] = value;
        var text = line.ToJsonString(Plain);
        lines.Add(text);
        return (bool)JsonNode.Parse(model.Answer(text)!)!["ok"]!;
    }

    /// <summary>The instant in one of the ways in which it may be written.</summary>
    private string InstantWritten() => Written(at);

    private string Written(Instant instant)
    {
        var offset = dice.Chance(20) || model.Localities.Count == 0
            ? Offset.Zero
            : dice.Pick([.. model.Localities.Values.Select(locality => locality.Zone.GetUtcOffset(instant))]);
        if (offset.Seconds % 60 != 0)
            offset = Offset.Zero;
        var whole = instant.ToUnixTimeMilliseconds() % 1000 == 0;
        var pattern = OffsetDateTimePattern.CreateWithInvariantCulture(
            "uuuu'-'MM'-'dd'T'HH':'mm':'ss" + (whole && dice.Chance(50) ? "" : ".fff") + (offset == Offset.Zero && dice.Chance(70) ? "o<Z+HH:mm>" : "o<+HH:mm>"));
        return pattern.Format(instant.WithOffset(offset));
    }

    private void MoveTo(Instant instant)
    {
        if (Done || instant <= at)
            return;
        at = Instant.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
        model.PassTime(at);
    }

    /// <summary>To an instant, or 1 ms to either side of it.</summary>
    private void MoveNear(Instant instant) => MoveTo(instant + Duration.FromMilliseconds(dice.Weighted<int>([(25, -1), (50, 0), (25, 1)])));

    /// <summary>Lets a little time pass, or none.</summary>
    private void WaitABit()
    {
        switch (dice.Below(10))
        {
            case < 5:
                break;
            case < 7:
                MoveTo(at + Duration.FromMilliseconds(dice.Between(1, 3)));
                break;
            case < 9:
                MoveTo(at + Duration.FromSeconds(dice.Between(1, 200)));
                break;
            default:
                MoveTo(at + Duration.FromMinutes(dice.Between(1, 9)));
                break;
        }
    }

    /// <summary>Lets time pass: to a boundary more often than not.</summary>
    private void Wait()
    {
        if (dice.Chance(profile.LongJumps))
        {
            WaitLong();
            return;
        }

        if (dice.Chance(profile.Transitions) && Boundaries.Transitions(at, model) is [var change, ..] && (profile.Transitions > 10 || change < at + Duration.FromDays(60)))
        {
            // Near the change: at it, or at one of the boundaries of the day before it.
            MoveNear(dice.Chance(50) ? change : change - Duration.FromHours(dice.Between(1, 60)));
            return;
        }

        switch (dice.Below(100))
        {
            case < 62:
                var boundaries = Boundaries.After(at, model);
                MoveNear(dice.PickEarly([.. boundaries.Take(dice.Chance(70) ? 4 : 25)]));
                break;
            case < 75:
                MoveTo(at + Duration.FromMinutes(dice.Between(1, 300)));
                break;
            case < 90:
                MoveTo(at + Duration.FromHours(dice.Between(5, 60)));
                break;
            case < 96:
                break;
            default:
                MoveTo(at + Duration.FromDays(dice.Between(3, 20)));
                break;
        }
    }

    private void WaitLong()
    {
        switch (dice.Below(6))
        {
            case 0:
                MoveTo(at + Duration.FromDays(dice.Between(300, 800)));
                break;
            case 1:
                var today = Today(Main);
                MoveNear(Main.Clock.StartOf(new LocalDate(today.Month < 6 ? today.Year : today.Year + 1, 6, 1)));
                break;
            default:
                MoveTo(at + Duration.FromDays(dice.Between(20, 120)));
                break;
        }
    }

    /// <summary>One move, chosen by what the state of things allows and needs.</summary>
    private void Move()
    {
        var waiting = Applications(Status.Waiting);
        var holding = waiting.Count(application => application.Reservation is not null);
        var referred = Applications(Status.Referred).Count;
        var supply = Places(PlaceState.Reported, PlaceState.Locked, PlaceState.Available, PlaceState.Returning).Count;
        var available = Places(PlaceState.Available).Count;
        var hours = Duration.FromHours(6);
        List<(int Weight, Action Move)> moves =
        [
            (waiting.Count < 6 ? 600 : waiting.Count > 22 ? 40 : 150, SubmitSomebody),
            (supply < 3 ? 400 : supply > 9 ? 15 : 90, FreeSomewhere),
            (200, ReserveSomething),
            (6 * profile.Rush, Rush),
            (holding > 0 ? 120 : 0, FollowAReservation),
            (20 * Math.Min(referred, 6), FollowAReferral),
            (30 * Math.Min(Applications(Status.StopListed).Count, 4), FollowAStopListing),
            (100 * Applications(Status.Returning).Count, FollowAReturn),
            (25 * Math.Min(Applications(Status.Review).Count, 5), ReviewSomebody),
            (10 * Math.Min(Places(PlaceState.Enrolled).Count, 4), LeaveSomewhere),
            (18 * Math.Min(Places(PlaceState.Enrolled).Count, 3), MoveHouse),
            (90, PesterAnApplication),
            (40, PesterAPlace),
            (5 * profile.Twins, TieTwins),
            (profile.Junes, SpendAJune),
            (profile.CleanUps, CleanUpSomewhere),
            (3 * profile.Limits, HoldInTurn),
            (2 * profile.Limits, ReachTheMonthlyLimit),
            (3 * profile.Limits, GiveUpInEveryWay),
            (profile.Limits, AmendALimit),
            ((profile.Limits + profile.Twins) / 2, TwinsAtALimit),
            (2 * profile.Corrections, TransferSomebody),
            (3 * profile.Corrections, CorrectSomebody),
            (10, FreezeUnderAReservation),
            (2 * profile.Amendments, AmendSomething),
            (8 * profile.Jumps, Wait),
            (available > 6 ? Math.Min(120, 5 * profile.Rush) : 0, ClearAway),
            (20, LookAround),
            (30, TalkNonsense),
        ];
        dice.Weighted(moves)();
        RelaxTheRules();

        // Towards the morning, so that places are there to be taken, rather than nothing to do at all.
        if (supply > 8 && Places(PlaceState.Available).Count == 0 && dice.Chance(40) && NextAvailability() is { } soon && soon < at + (hours * 8))
            MoveNear(soon);
    }

    private Instant? NextAvailability()
    {
        var instants = model.Places.Where(place => place.AvailableAt is not null).Select(place => place.AvailableAt!.Value).ToList();
        return instants.Count == 0 ? null : instants.Min();
    }

    /// <summary>Looks at what was just touched.</summary>
    private void LookAt(Application? application)
    {
        if (application is null)
            return;
        if (dice.Chance(40))
            Say("position", ("application", application.Id));
        LookAt(application.Queue);
    }

    private void LookAt(QueueName queue)
    {
        if (dice.Chance(profile.OrderQueries))
            Say("order", ("queue", queue.ToString()));
        if (dice.Chance(10))
            Say("places", ("queue", queue.ToString()));
    }

    private void LookAround()
    {
        if (dice.Chance(50))
            Wait();
        foreach (var queue in model.Places.Select(place => place.Queue).Concat(model.Applications.Select(application => application.Queue)).Distinct().ToList())
        {
            if (dice.Chance(40))
                Say("order", ("queue", queue.ToString()));
            if (dice.Chance(40))
                Say("places", ("queue", queue.ToString()));
        }

        for (var times = dice.Below(4); times > 0 && model.Applications.Count > 0; times--)
            Say("position", ("application", dice.Pick(model.Applications).Id));
    }

    /// <summary>Too many places stand open for there to be a race: some are revoked.</summary>
    private void ClearAway()
    {
        foreach (var place in Places(PlaceState.Available).Where(place => place.AccessAt(at) == Access.Open).OrderBy(_ => dice.Below(100)).Take(dice.Between(2, 3 + (profile.Rush / 10))))
            Say("revoke", ("place", place.Id));
    }

    private List<Application> Order(QueueName queue) => QueueOrder.Of(queue, model.Localities[queue.Locality], model.Applications);
}

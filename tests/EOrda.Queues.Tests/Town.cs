using EOrda.Queues.Applications;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Order;
using EOrda.Queues.Places;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using NodaTime;
using NodaTime.Text;

namespace EOrda.Queues.Tests;

/// <summary>
/// A town with its rules, its kindergartens <c>kg</c>, <c>kg2</c> (general), <c>kg-special</c> and <c>kg-san</c> (sanatorium), on virtual time.
/// Everything that is asked answers with a short text in the words of docs/replay.md and in the town's local time, so that a test reads as a story.
/// </summary>
internal sealed class Town
{
    public const string Name = "almaty";
    public const string Main = "almaty/general/2022";

    /// <summary>Where a town's time begins unless it is told otherwise: a Monday.</summary>
    public const string Start = "2026-06-01 09:00";

    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm':'ss.fff");

    private readonly DateTimeZone zone;

    public Town(Action<RulesDraft>? rules = null, string zone = "Asia/Almaty", string start = Start)
    {
        this.zone = DateTimeZoneProviders.Tzdb[zone];
        Now = Read(start);
        var draft = new RulesDraft { TimeZone = zone };
        rules?.Invoke(draft);
        Assert.Equal("done", Do(new SetRules(Name, draft)));
        foreach (var (kindergarten, kind) in new[] { ("kg", Kind.General), ("kg2", Kind.General), ("kg-special", Kind.Special), ("kg-san", Kind.Sanatorium) })
        {
            Assert.Equal("done", Do(new RegisterKindergarten(kindergarten, Name, kind)));
        }
    }

    public WholeCountry Country { get; } = new();

    /// <summary>Sets a second town up, with one general kindergarten <c>{locality}-kg</c>.</summary>
    public Town Beside(string locality, string timeZone = "Asia/Oral")
    {
        Assert.Equal("done", Do(new SetRules(locality, new RulesDraft { TimeZone = timeZone })));
        Assert.Equal("done", Do(new RegisterKindergarten($"{locality}-kg", locality, Kind.General)));
        return this;
    }

    public Moment Now { get; private set; }

    /// <summary>Goes to a local time (the first of two; after a gap the one moved by it), or to an instant when it ends with Z.</summary>
    public Town At(string time)
    {
        Now = Read(time);
        return this;
    }

    /// <summary>Carries a command out and tells the answer.</summary>
    public string Do(Command command) => Tell(Country.Execute(command, Now));

    public string Files(
        string application,
        Category category = Category.General,
        string? queue = null,
        string? child = null,
        string? born = null,
        string? applicant = null,
        string? submitted = null,
        bool review = false)
    {
        var key = queue ?? Main;
        var year = key.Split('/')[^1];
        var birth = LocalDatePattern.Iso.Parse(born ?? $"{(year.Length == 4 ? year : "2022")}-03-01").Value;
        return Do(new Submit(key, application, child ?? $"child of {application}", birth, applicant ?? $"parent of {application}", category, submitted is null ? null : Read(submitted), review));
    }

    /// <summary>Files several general applications, one after another.</summary>
    public Town Filed(params string[] applications)
    {
        foreach (var application in applications)
        {
            Assert.StartsWith("waiting", Files(application), StringComparison.Ordinal);
        }

        return this;
    }

    public string Frees(string place, string kindergarten = "kg", string? queue = null) => Do(new FreePlace(place, kindergarten, queue ?? Main, Age: null));

    public string FreesForAge(string place, string kindergarten, int age) => Do(new FreePlace(place, kindergarten, Queue: null, age));

    /// <summary>Frees places now; they become available at 07:00 tomorrow when it is before 18:00.</summary>
    public Town Freed(params string[] places)
    {
        foreach (var place in places)
        {
            Assert.Contains("from", Frees(place), StringComparison.Ordinal);
        }

        return this;
    }

    public string Reserves(string application, string place) => Do(new Reserve(application, place, Kindergarten: null));

    public string ReservesAt(string application, string kindergarten) => Do(new Reserve(application, Place: null, kindergarten));

    public string ReserveTogether(string kindergarten, params string[] applications) => Do(new ReserveBatch(applications, kindergarten));

    public string Confirms(string application) => Do(new Confirm(application));

    public string Drops(string application) => Do(new Drop(application));

    public string Cancels(string application) => Do(new Cancel(application));

    public string Extends(string application, int days) => Do(new Extend(application, days));

    public string Verifies(string application, bool approve) => Do(new Verify(application, approve));

    public string Enrols(string application) => Do(new Enrol(application));

    public string Refuses(string application) => Do(new Refuse(application));

    public string Leaves(string application) => Do(new Leave(application));

    public string Revokes(string place) => Do(new RevokePlace(place));

    public string Reviews(string application, bool approve) => Do(new Review(application, approve));

    public string Changes(string application, Category category) => Do(new ChangeCategory(application, category));

    public string Transfers(string application, string applicant) => Do(new Transfer(application, applicant));

    public string Corrects(string application, string born) => Do(new Correct(application, LocalDatePattern.Iso.Parse(born).Value));

    public string Prolongs(string application) => Do(new Prolong(application));

    public string Withdraws(string application) => Do(new Withdraw(application));

    public string CleansUp() => Do(new CleanUp(Name));

    public string Amends(Action<RulesDraft> changes)
    {
        var draft = new RulesDraft();
        changes(draft);
        return Do(new AmendRules(Name, draft));
    }

    /// <summary>Reserves and confirms at once: the application is referred to the place.</summary>
    public Town Refer(string application, string place)
    {
        Assert.StartsWith(place, Reserves(application, place), StringComparison.Ordinal);
        Assert.Contains("until", Confirms(application), StringComparison.Ordinal);
        return this;
    }

    /// <summary>An application's state: "waiting 3", "stop-listed until … (referral-expired)", "archived (enrolled)".</summary>
    public string State(string application)
    {
        if (Country.QueueOfApplication(application, Now)?.Find(application) is not { } state)
        {
            return "unknown-application";
        }

        var text = $"{Words.Of(state.Status)}{(state.Position is { } position ? $" {position}" : "")}{(state.Until is { } until ? $" until {Local(until)}" : "")}";
        return Words.Of(state.Cause) is { } cause ? $"{text} ({cause})" : text;
    }

    /// <summary>A place's state: "available priority until …", "available open", "returning from …", "reserved until …".</summary>
    public string Place(string place, string? queue = null)
    {
        var view = QueueNamed(queue).PlacesAt(Now).Single(view => view.Place == place);
        var state = Words.Of(view.State);
        return view switch
        {
            { Access: Access.Open } => $"{state} open",
            { Access: Access.Priority } => $"{state} priority until {Local(view.From!.Value)}",
            { State: PlaceState.Reserved or PlaceState.Referred } => $"{state} until {Local(view.From!.Value)}",
            { From: { } from } => $"{state} from {Local(from)}",
            _ => state,
        };
    }

    /// <summary>The order from position 1 on, joined by spaces.</summary>
    public string Order(string? queue = null) => string.Join(' ', QueueNamed(queue).OrderFrom(1, int.MaxValue));

    /// <summary>Why the application's position changed, newest first: "Withdrawal 3>2".</summary>
    public IReadOnlyList<string> Why(string application) =>
        [.. Country.QueueOfApplication(application, Now)!.Explain(application).Select(change => $"{(change.Own ? "own " : "")}{change.Cause} {Or(change.From)}>{Or(change.To)}")];

    /// <summary>How an application stands to the window: "rank 2 of 1", "rank 1 of 1, lapse-limit until …".</summary>
    public string Window(string application)
    {
        if (Country.QueueOfApplication(application, Now)?.WindowOf(application, Now) is not { } standing)
        {
            return "no rank";
        }

        var text = $"rank {standing.Rank} of {standing.Size}";
        return standing.Limit is { } limit ? $"{text}, {Words.Of(limit.Reason)} until {Local(limit.Until)}" : text;
    }

    public Queue QueueNamed(string? queue = null) => Country.QueueNamed(queue ?? Main, Now)!;

    /// <summary>An instant in the town's local time, with seconds only where there are some.</summary>
    public string Local(Moment moment)
    {
        var text = Pattern.Format(moment.ToInstant().InZone(zone).LocalDateTime);
        return text.EndsWith(":00.000", StringComparison.Ordinal) ? text[..16] : text.EndsWith(".000", StringComparison.Ordinal) ? text[..19] : text;
    }

    /// <summary>Reads a local time (HH:mm, perhaps with seconds and milliseconds), or an instant that ends with Z.</summary>
    public Moment Read(string time)
    {
        if (time.EndsWith('Z'))
        {
            return Moment.From(InstantPattern.ExtendedIso.Parse(time).GetValueOrThrow());
        }

        var whole = time.Length switch { 16 => $"{time}:00.000", 19 => $"{time}.000", _ => time };
        return Moment.From(zone.AtLeniently(Pattern.Parse(whole).GetValueOrThrow()).ToInstant());
    }

    private static string Or(int? position) => position?.ToString() ?? "-";

    private string Tell(Answer answer) => answer switch
    {
        Refusal a => Words.Of(a.Reason),
        Standing a => a.Position is { } position ? $"{Words.Of(a.Status)} {position}" : Words.Of(a.Status),
        PlacesReserved a => $"{string.Join(' ', a.Places)} until {Local(a.Until)}",
        ReferralsGiven a => string.Join(", ", a.Referrals.Select(referral => $"{referral.Application} until {Local(referral.ValidUntil)}")),
        ValidUntil a => $"until {Local(a.Until)}",
        PlaceFreed a => $"{a.Queue} from {Local(a.AvailableAt)}",
        PlaceReturns a => $"place from {Local(a.AvailableAt)}",
        ReferralCancelled a => $"back {Local(a.ReturnsAt)}, place from {Local(a.AvailableAt)}",
        ChildEnrolled a => a.Left is { } left ? $"enrolled, left {left}" : "enrolled",
        PlaceLeft a => $"{a.Place} from {Local(a.AvailableAt)}",
        CleanedUp a => $"stop-listed: {string.Join(' ', a.StopListed)}",
        Done => "done",
        _ => throw new ArgumentException($"No words for {answer.GetType().Name}.", nameof(answer)),
    };
}

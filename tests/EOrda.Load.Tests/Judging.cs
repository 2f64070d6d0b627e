using EOrda.Load.Books;
using EOrda.Load.Live;
using EOrda.Load.Parents;
using EOrda.Load.Portal;
using EOrda.Load.Runs;
using Xunit;

namespace EOrda.Load.Tests;

/// <summary>The judge, on a morning that is sound and on the same with one lie in it.</summary>
public sealed class Judging
{
    private const string Queue = "q/general/2024";
    private const long End = 10_000;
    private const long Until = 700_000;
    private const long Expiry = 800_000;

    private static readonly Told[] SoundBook =
    [
        Answer("A", 1, Deed.Reserve, place: "P-1", until: Until),
        Answer("A", 2, Deed.Confirm, referral: "N-1", until: Expiry, at: 2_000),
        Answer("B", 1, Deed.Reserve, asked: "P-1", reason: "place-taken"),
        Answer("B", 2, Deed.Reserve, place: "P-2", until: Until, at: 1_500),
        Answer("B", 2, Deed.Reserve, place: "P-2", until: Until, at: 1_600) with { IsRepeat = true },
        Answer("C", 1, Deed.Reserve, place: "P-3", until: Until),
        Answer("C", 2, Deed.Drop, at: 3_000),
    ];

    private static readonly ApplicationAnswer[] SoundApplications =
    [
        Application("A", "referred", null, "P-1", null),
        Application("B", "waiting", 1, "P-2", Until),
        Application("C", "waiting", 2, null, null),
        Application("D", "waiting", 3, null, null),
    ];

    private static readonly PlaceAnswer[] SoundPlaces = [Place(0, "P-1", "referred"), Place(1, "P-2", "reserved"), Place(2, "P-3", "returning"), Place(3, "P-4", "available")];

    private static readonly Picture SoundPicture = new(
        Queue,
        Feed: 1,
        Beginning: 0,
        Number: 9,
        At: 0,
        Counts: [0, 0, 3],
        Pattern: [1, 3, 0],
        LatestChange: 5,
        Window: null,
        Places: [new(4, null, null, "P-1", "k"), new(3, null, Until, "P-2", "k"), new(5, null, null, "P-3", "k"), new(2, 1, null, "P-4", "k")]);

    [Fact]
    public void A_sound_morning_has_no_contradiction()
    {
        var verdict = Judge(SoundBook);
        Assert.Empty(verdict.Contradictions);
        Assert.Equal((7, 4, 4, 0), (verdict.Answers, verdict.Applications, verdict.Places, verdict.Unknown));
    }

    [Fact]
    public void A_place_that_two_were_told_to_hold_is_found() =>
        AssertFound(Judge([.. SoundBook, Answer("D", 1, Deed.Reserve, place: "P-1", until: Until, at: 4_000)]), "a place is held once", "P-1");

    [Fact]
    public void A_place_whose_referral_expired_may_go_to_another()
    {
        Told[] book =
        [
            .. SoundBook.Where(t => t.Deed != Deed.Confirm),
            Answer("A", 2, Deed.Confirm, referral: "N-1", until: 5_000, at: 2_000),
            Answer("D", 1, Deed.Reserve, place: "P-1", until: Until, at: 6_000),
        ];
        ApplicationAnswer[] applications =
        [
            Application("A", "stop-listed", null, null, null),
            .. SoundApplications.Where(a => a.Application is not ("A" or "D")),
            Application("D", "waiting", 3, "P-1", Until),
        ];
        Assert.Empty(Judge(book, applications, [Place(0, "P-1", "reserved"), .. SoundPlaces[1..]], picture: With(0, state: 3)).Contradictions);
        AssertFound(Judge(book, SoundApplications), "an application holds what its parent was told", "A");
    }

    [Fact]
    public void A_win_that_is_not_shown_is_found() =>
        AssertFound(Judge(SoundBook, applications: [.. SoundApplications.Where(a => a.Application != "B"), Application("B", "waiting", 1, null, null)]), "an application holds what its parent was told", "B");

    [Fact]
    public void A_win_that_ends_at_another_instant_than_told_is_found() =>
        AssertFound(Judge(SoundBook, applications: [.. SoundApplications.Where(a => a.Application != "B"), Application("B", "waiting", 1, "P-2", Until + 1)]), "an application holds what its parent was told", "B");

    [Fact]
    public void A_place_held_without_anybody_being_told_is_found() =>
        AssertFound(Judge(SoundBook, applications: [.. SoundApplications.Where(a => a.Application != "D"), Application("D", "waiting", 3, "P-4", Until)]), "an application holds what its parent was told", "D");

    [Fact]
    public void A_refusal_that_is_held_nevertheless_is_found() =>
        AssertFound(Judge([.. SoundBook.Where(t => t.Application != "B"), Answer("B", 1, Deed.Reserve, asked: "P-2", reason: "place-taken")]), "an application holds what its parent was told", "B");

    [Fact]
    public void An_answer_that_changes_when_the_key_is_asked_again_is_found() =>
        AssertFound(Judge([.. SoundBook, Answer("C", 1, Deed.Reserve, asked: "P-3", reason: "place-taken", at: 5_000) with { IsRepeat = true }]), "a repeated key gets the first answer", "C");

    [Fact]
    public void A_place_refused_as_taken_that_nobody_took_is_found() =>
        AssertFound(Judge([.. SoundBook, Answer("D", 1, Deed.Reserve, asked: "P-4", reason: "place-taken")]), "a place that was refused as taken was taken by somebody", "P-4");

    [Fact]
    public void A_place_shown_as_taken_that_nobody_won_is_found() =>
        AssertFound(Judge(SoundBook, places: [.. SoundPlaces[..3], Place(3, "P-4", "referred")], picture: With(3, state: 4)), "a place is with whom the books say", "P-4");

    [Fact]
    public void A_place_won_that_is_shown_as_free_is_found() =>
        AssertFound(Judge(SoundBook, places: [Place(0, "P-1", "available"), .. SoundPlaces[1..]], picture: With(0, state: 2)), "a place is with whom the books say", "P-1");

    [Fact]
    public void A_live_picture_that_stayed_behind_is_found() =>
        AssertFound(Judge(SoundBook, picture: With(1, state: 2)), "the live picture is the queue", "P-2");

    [Fact]
    public void A_live_count_that_is_not_the_orders_is_found() =>
        AssertFound(Judge(SoundBook, picture: SoundPicture with { Counts = [0, 0, 4] }), "the live picture is the queue", Queue);

    [Fact]
    public void A_followed_position_that_is_not_the_servers_is_found() =>
        AssertFound(Judge(SoundBook, positions: [new FollowedPosition(Queue, "A", 5, 1)]), "a position that was followed is the server's", "A");

    [Fact]
    public void Somebody_with_a_referral_who_still_stands_in_the_queue_is_found() =>
        AssertFound(
            Judge(SoundBook, applications: [.. SoundApplications.Where(a => a.Application != "A"), Application("A", "referred", 1, "P-1", null)]),
            "an application with a referral has left the queue",
            "A");

    [Fact]
    public void Somebody_who_stands_twice_in_the_order_is_found() =>
        AssertFound(Judge(SoundBook, order: ["B", "C", "D", "D"], picture: SoundPicture with { Counts = [0, 0, 4] }), "an application stands once in the order", Queue);

    [Fact]
    public void What_pages_found_on_the_way_is_told() =>
        AssertFound(Judge(SoundBook, live: ["update 7 does not follow 5"]), "live updates fit together", "live");

    [Fact]
    public void One_whose_question_was_never_answered_may_hold_a_place_or_not()
    {
        var unknown = Answer("D", 1, Deed.Reserve, asked: "P-4") with { Status = 0, Reason = "no answer in time" };
        var verdict = Judge(
            [.. SoundBook, unknown],
            applications: [.. SoundApplications.Where(a => a.Application != "D"), Application("D", "waiting", 3, "P-4", Until)],
            places: [.. SoundPlaces[..3], Place(3, "P-4", "reserved")],
            picture: With(3, state: 3));
        Assert.Empty(verdict.Contradictions);
        Assert.Equal(1, verdict.Unknown);
    }

    private static void AssertFound(Verdict verdict, string rule, string subject) =>
        Assert.Contains(verdict.Contradictions, c => c.Rule == rule && c.Subject == subject);

    private static Picture With(int place, int state)
    {
        var places = (PlaceNow[])SoundPicture.Places.Clone();
        places[place] = places[place] with { State = state };
        return SoundPicture with { Places = places };
    }

    private static Verdict Judge(
        Told[] book,
        ApplicationAnswer[]? applications = null,
        PlaceAnswer[]? places = null,
        string[]? order = null,
        Picture? picture = null,
        FollowedPosition[]? positions = null,
        string[]? live = null) =>
        Books.Judge.Run(
            book,
            new Protocols(
                End,
                End,
                (applications ?? SoundApplications).ToDictionary(a => a.Application),
                new Dictionary<string, IReadOnlyList<PlaceAnswer>> { [Queue] = places ?? SoundPlaces },
                new Dictionary<string, IReadOnlyList<string>> { [Queue] = order ?? ["B", "C", "D"] }),
            [new PartEnd([picture ?? SoundPicture], positions ?? [], live ?? [])]);

    private static Told Answer(string application, int turn, Deed deed, string? asked = null, string? reason = null, string? place = null, long? until = null, string? referral = null, double at = 1_000) =>
        new(Queue, application, turn, deed, $"{application}-{turn}", asked ?? place, at - 10, at, reason is null ? 200 : 409, reason, place, until, referral, IsRepeat: false);

    private static ApplicationAnswer Application(string application, string status, int? position, string? place, long? until) =>
        new(application, DateTimeOffset.FromUnixTimeMilliseconds(End), status, position, 3, place, until is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end) : null, Standing: null);

    private static PlaceAnswer Place(int number, string place, string state) => new(number, place, "k", state, Access: null, From: null);
}

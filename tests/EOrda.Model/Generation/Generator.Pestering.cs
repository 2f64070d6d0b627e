using System.Text.Json.Nodes;
using EOrda.Model.Domain;

namespace EOrda.Model.Generation;

/// <summary>Any command to anybody in any state, known or unknown.</summary>
internal sealed partial class Generator
{
    private static readonly string[] Statuses = [Status.Review, Status.Waiting, Status.Returning, Status.StopListed, Status.Referred, Status.Archived];

    private static readonly string[] PlaceStates =
    [
        PlaceState.Reported, PlaceState.Locked, PlaceState.Available, PlaceState.Reserved, PlaceState.Referred, PlaceState.Returning, PlaceState.Enrolled, PlaceState.Revoked,
    ];

    private void PesterAnApplication()
    {
        if (dice.Chance(15))
            Wait();
        if (dice.PickOrNull(SomeStatus()) is { } application)
            Pester(application);
    }

    /// <summary>The applications of a status that has any.</summary>
    private List<Application> SomeStatus() => dice.PickOrNull([.. Statuses.Select(Applications).Where(some => some.Count > 0)]) ?? [];

    private List<Place> SomePlaceState() => dice.PickOrNull([.. PlaceStates.Select(state => Places(state)).Where(some => some.Count > 0)]) ?? [];

    private void Pester(Application application)
    {
        Command(application.Id);
        LookAt(application);
    }

    private void Command(string id)
    {
        var application = ("application", (JsonNode?)id);
        switch (dice.Below(18))
        {
            case 0:
                Say("review", application, ("approve", dice.Chance(50)));
                break;
            case 1 or 2:
                Say("category", application, ("category", dice.Pick(Category.All)));
                break;
            case 3:
                Say("prolong", application);
                break;
            case 4:
                Say("withdraw", application);
                break;
            case 5 when model.Places.Count > 0:
                Say("reserve", application, ("place", dice.Pick(model.Places).Id));
                break;
            case 5 or 6:
                Say("reserve", application, ("kindergarten", dice.Pick([.. model.Kindergartens.Keys])));
                break;
            case 7:
                Say("confirm", application);
                break;
            case 8:
                Say("drop", application);
                break;
            case 9:
                Say("cancel", application);
                break;
            case 10:
                Say("extend", application, ("days", dice.Between(-1, 31)));
                break;
            case 11:
                Say("verify", application, ("approve", dice.Chance(50)));
                break;
            case 12:
                Say("enrol", application);
                break;
            case 13:
                Say("refuse", application);
                break;
            case 14:
                Say("leave", application);
                break;
            case 15:
                Say("transfer", application, ("applicant", SomeApplicant()));
                break;
            case 16 when Find(id) is { } known:
                Correct(known);
                break;
            case 16:
                Say("correct", application, ("born", "2022-03-01"));
                break;
            default:
                Say("position", application);
                break;
        }
    }

    private void PesterAPlace()
    {
        if (dice.Chance(20))
            Wait();
        if (dice.PickOrNull(SomePlaceState()) is not { } place)
            return;
        var rival = Order(place.Queue).Find(application => application.Reservation is null);
        if (rival is not null && dice.Chance(55))
        {
            if (Say("reserve", ("application", rival.Id), ("place", place.Id)))
                Follow(rival);
        }
        else
        {
            var referred = place.Referral?.Application;
            Say("revoke", ("place", place.Id));
            LookAt(referred);
        }

        LookAt(place.Queue);
    }

    private void TalkNonsense()
    {
        switch (dice.Below(14))
        {
            case 0:
                Say("rules", ("locality", dice.Pick([.. model.Localities.Keys])), ("timeZone", dice.Pick(Era.Plain)));
                break;
            case 1:
                Say("rules", [("locality", $"bad{dice.Below(3)}"), ("timeZone", "Asia/Almaty"), .. Fields(values.Bad())]);
                break;
            case 2:
                Say("amend", ("locality", "nowhere"), ("lapsesPerDay", -1));
                break;
            case 3:
                Say("kindergarten", ("id", dice.Pick([.. model.Kindergartens.Keys])), ("locality", dice.Chance(50) ? "nowhere" : MainLocality), ("kind", dice.Pick(Kind.All)));
                break;
            case 4:
                Say("cleanup", ("locality", "nowhere"));
                break;
            case 5:
                Say("revoke", ("place", "nowhere"));
                break;
            case 6:
                Say(dice.Pick(["order", "places"]), ("queue", dice.Pick(["nowhere/general/2022", MainLocality, $"{MainLocality}/general/twenty", $"{MainLocality}/sanatorium/tb_2", $"{MainLocality}/private/2022", "a/b/c/d"])));
                break;
            case 7:
                ReserveNonsense();
                break;
            default:
                Command("nobody");
                break;
        }
    }

    /// <summary>Members in any state, siblings or not, to any kindergarten.</summary>
    private void ReserveNonsense()
    {
        if (model.Applications.Count < 3)
            return;
        var members = Enumerable.Range(0, dice.Between(1, 3)).Select(_ => dice.Chance(70) && Applications(Status.Waiting) is { Count: > 0 } waiting ? dice.Pick(waiting) : dice.PickOrNull(SomeStatus()) ?? model.Applications[0]);
        Say(
            "reserve",
            ("applications", new JsonArray([.. members.Select(member => JsonValue.Create(member.Id))])),
            ("kindergarten", dice.Pick([.. model.Kindergartens.Keys, "nothing"])));
    }
}

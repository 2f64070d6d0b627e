using System.Text.Json.Nodes;
using EOrda.Model.Domain;
using NodaTime;

namespace EOrda.Model.Generation;

/// <summary>Localities, their rules and kindergartens, and amendments in the middle of things.</summary>
internal sealed partial class Generator
{
    private const string MainLocality = "almaty";

    private static readonly string[] OtherLocalities = ["oral", "Ақсай"];
    private static readonly string[] Profiles = ["allergy", "tb-2"];

    private void SetUp()
    {
        if (dice.Chance(20))
            Say("rules", [("locality", MainLocality), ("timeZone", "Asia/Nowhere")]);
        LayDown(MainLocality, dice.Chance(profile.ExoticZones) ? dice.Pick(era.Exotic) : "Asia/Almaty", defaultPercent: 75);
        foreach (var locality in OtherLocalities)
        {
            if (dice.Chance(75))
                LayDown(locality, dice.Chance(60) ? dice.Pick(era.Exotic) : dice.Pick(Era.Plain), defaultPercent: 50);
        }

        foreach (var locality in model.Localities.Keys)
        {
            Say("kindergarten", ("id", $"{locality}-1"), ("locality", locality), ("kind", Kind.General));
            Say("kindergarten", ("id", $"{locality}-2"), ("locality", locality), ("kind", Kind.General));
            Say("kindergarten", ("id", $"{locality}-3"), ("locality", locality), ("kind", Kind.Special));
            Say("kindergarten", ("id", $"{locality}-4"), ("locality", locality), ("kind", Kind.Sanatorium));
        }
    }

    private void LayDown(string locality, string timeZone, int defaultPercent)
    {
        List<(string, JsonNode?)> fields = [("locality", locality), ("timeZone", timeZone)];
        var around = at.InUtc().Date;
        var carry = dice.Chance(profile.Carry);
        if (carry || dice.Chance(10))
            fields.Add(("carry", carry));
        if (dice.Chance(50))
            fields.Add(("ratio", new JsonArray(carry ? 1 : dice.Between(1, 3), dice.Between(1, 5))));
        if (dice.Chance(50))
            fields.Add(("lead", dice.Chance(60) ? LocalityRules.LeadGeneral : LocalityRules.LeadFirstPriority));
        if (dice.Chance(15))
            fields.Add(("ageLimit", values.Value("ageLimit", around, 0)));
        if (dice.Chance(70))
            fields.Add(("holidays", values.Holidays(around)));
        if (dice.Chance(50))
            fields.Add(("workdays", values.Workdays(around)));
        if (dice.Chance(20))
            fields.AddRange(DayTimes());
        foreach (var name in ParameterValues.Amendable.Where(name => name is not ("handover" or "release" or "freezeFrom" or "holidays" or "workdays")))
        {
            if (!dice.Chance(defaultPercent))
                fields.Add((name, values.Value(name, around, 10)));
        }

        Say("rules", [.. fields]);
    }

    /// <summary>A freeze, a release and a handover in their order; some of them where clocks are turned.</summary>
    private (string, JsonNode?)[] DayTimes()
    {
        var (freeze, release, handover) = dice.Pick<(string, string, string)>(
        [
            ("06:30", "07:00", "18:00"), ("06:00", "08:00", "17:00"), ("00:00", "07:00", "23:59"), ("00:15", "00:45", "01:30"),
            ("01:10", "01:40", "02:20"), ("00:30", "01:00", "18:00"), ("23:00", "23:30", "23:59"), ("05:59", "06:00", "06:01"),
        ]);
        return [("freezeFrom", freeze), ("release", release), ("handover", handover)];
    }

    private void AmendSomething()
    {
        if (dice.Chance(40))
            Wait();
        var name = dice.Chance(80) ? MainLocality : dice.Pick([.. model.Localities.Keys]);
        var around = Today(model.Localities[name]);
        switch (dice.Below(10))
        {
            case 0:
                Say("amend", [("locality", name), .. Fields(values.Bad())]);
                break;
            case 1:
                Say("amend", [("locality", name), .. Fields(values.Unamendable())]);
                break;
            case 2:
                Say("amend", [("locality", name), .. DayTimes()]);
                break;
            default:
                var names = Enumerable.Range(0, dice.Between(0, 3)).Select(_ => dice.Pick(ParameterValues.Amendable)).Distinct();
                Say("amend", [("locality", name), .. names.Select(parameter => (parameter, (JsonNode?)values.Value(parameter, around, 50)))]);
                break;
        }
    }

    /// <summary>Puts right, in time, what stifles the main locality.</summary>
    private void RelaxTheRules()
    {
        var rules = Main.Rules;
        if (!dice.Chance(5))
            return;
        (string Name, bool Stifles)[] parameters =
        [
            ("reservationMinutes", rules.ReservationMinutes == 0), ("windowFactor", rules.WindowFactor < 0.5m), ("referralsPerMonth", rules.ReferralsPerMonth <= 1),
            ("missesAllowed", rules.MissesAllowed == 0), ("referralWorkingDays", rules.ReferralWorkingDays == 0), ("priorityWorkingDays", rules.PriorityWorkingDays == 0),
        ];
        foreach (var (name, _) in parameters.Where(parameter => parameter.Stifles))
            Say("amend", ("locality", MainLocality), (name, ParameterValues.Stifling[name]));
    }

    /// <summary>The rules are amended so that a live reservation meets a freeze.</summary>
    private void FreezeUnderAReservation()
    {
        if (Main.Zone.GetUtcOffset(at).Seconds % 60 != 0)
            return;
        var holder = dice.PickOrNull([.. Applications(Status.Waiting).Where(application => application.Locality == Main && application.Reservation is not null)]);
        if (holder is null)
        {
            ReserveSomething();
            holder = Applications(Status.Waiting).Find(application => application.Locality == Main && application.Reservation is not null);
        }

        if (holder is null)
            return;
        var minute = at.InZone(Main.Zone).TimeOfDay;
        minute = new LocalTime(minute.Hour, minute.Minute);
        if (minute > new LocalTime(23, 30) || minute < new LocalTime(0, 10))
            return;
        var old = Main.Rules;
        var release = minute.PlusMinutes(dice.Between(1, 15));
        if (!Say("amend", ("locality", MainLocality), ("freezeFrom", Clock(minute)), ("release", Clock(release)), ("handover", old.Handover > release ? Clock(old.Handover) : "23:59")))
            return;
        Say("confirm", ("application", holder.Id));
        if (dice.Chance(30))
            Say("drop", ("application", holder.Id));
        if (dice.Chance(50))
            MoveNear(Main.Clock.At(Today(Main), release));
        Say("confirm", ("application", holder.Id));
        Say("amend", ("locality", MainLocality), ("freezeFrom", Clock(old.FreezeFrom)), ("release", Clock(old.Release)), ("handover", Clock(old.Handover)));
    }

    private static string Clock(LocalTime time) => $"{time.Hour:00}:{time.Minute:00}";

    private static IEnumerable<(string, JsonNode?)> Fields(JsonObject parameters) =>
        parameters.Select(parameter => (parameter.Key, parameter.Value?.DeepClone()));
}

using System.Text.Json.Nodes;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Simulation.Checks;

/// <summary>Commands and questions as lines of docs/replay.md, for the model.</summary>
internal static class ModelLines
{
    /// <summary>A command at an instant.</summary>
    public static string Of(Command command, Moment at)
    {
        var line = command switch
        {
            SetRules c => Rules("rules", c.Locality, c.Rules),
            AmendRules c => Rules("amend", c.Locality, c.Changes),
            RegisterKindergarten c => new JsonObject { ["do"] = "kindergarten", ["id"] = c.Kindergarten, ["locality"] = c.Locality, ["kind"] = Words.Of(c.Kind) },
            Submit c => Filing(c),
            FreePlace c => Freeing(c),
            RevokePlace c => new JsonObject { ["do"] = "revoke", ["place"] = c.Place },
            ReserveBatch c => new JsonObject
            {
                ["do"] = "reserve",
                ["applications"] = new JsonArray([.. c.Applications.Select(one => JsonValue.Create(one))]),
                ["kindergarten"] = c.Kindergarten,
            },
            Reserve { Place: { } place } c => About(c, "reserve", "place", place),
            Reserve c => About(c, "reserve", "kindergarten", c.Kindergarten),
            Extend c => About(c, "extend", "days", c.Days),
            Verify c => About(c, "verify", "approve", c.Approve),
            Review c => About(c, "review", "approve", c.Approve),
            ChangeCategory c => About(c, "category", "category", Words.Of(c.Category)),
            Transfer c => About(c, "transfer", "applicant", c.Applicant),
            Correct c => About(c, "correct", "born", $"{c.Born:uuuu-MM-dd}"),
            ApplicationCommand c => new JsonObject { ["do"] = Word(c), ["application"] = c.Application },
            _ => throw new ArgumentException($"No line for {command.GetType().Name}.", nameof(command)),
        };
        return Written(line, at);
    }

    /// <summary>Asks what an application is doing.</summary>
    public static string Position(string application, Moment at) => Written(new JsonObject { ["do"] = "position", ["application"] = application }, at);

    /// <summary>Asks for a queue's order.</summary>
    public static string Order(QueueKey queue, Moment at) => Written(new JsonObject { ["do"] = "order", ["queue"] = queue.ToString() }, at);

    /// <summary>Asks for a queue's places.</summary>
    public static string Places(QueueKey queue, Moment at) => Written(new JsonObject { ["do"] = "places", ["queue"] = queue.ToString() }, at);

    private static string Written(JsonObject line, Moment at)
    {
        line["at"] = at.ToString();
        return line.ToJsonString();
    }

    private static string Word(ApplicationCommand command) => command switch
    {
        Prolong => "prolong",
        Withdraw => "withdraw",
        Confirm => "confirm",
        Drop => "drop",
        Cancel => "cancel",
        Enrol => "enrol",
        Refuse => "refuse",
        Leave => "leave",
        _ => throw new ArgumentException($"No word for {command.GetType().Name}.", nameof(command)),
    };

    private static JsonObject About(ApplicationCommand command, string word, string field, JsonNode? value) =>
        new() { ["do"] = word, ["application"] = command.Application, [field] = value };

    private static JsonObject Filing(Submit c)
    {
        var line = new JsonObject
        {
            ["do"] = "submit",
            ["application"] = c.Application,
            ["queue"] = c.Queue,
            ["child"] = c.Child,
            ["born"] = $"{c.Born:uuuu-MM-dd}",
            ["applicant"] = c.Applicant,
            ["category"] = Words.Of(c.Category),
            ["review"] = c.UnderReview,
        };
        if (c.Submitted is { } submitted)
        {
            line["submitted"] = submitted.ToString();
        }

        return line;
    }

    private static JsonObject Freeing(FreePlace c)
    {
        var line = new JsonObject { ["do"] = "free", ["place"] = c.Place, ["kindergarten"] = c.Kindergarten };
        if (c.Queue is { } queue)
        {
            line["queue"] = queue;
        }
        else
        {
            line["age"] = c.Age;
        }

        return line;
    }

    private static JsonObject Rules(string word, string locality, RulesDraft rules)
    {
        var line = new JsonObject { ["do"] = word, ["locality"] = locality };
        Put("timeZone", rules.TimeZone);
        Put("ratio", rules.Ratio is { } ratio ? new JsonArray([.. ratio.Select(one => JsonValue.Create(one))]) : null);
        Put("lead", rules.Lead);
        Put("carry", rules.Carry);
        Put("freezeFrom", rules.FreezeFrom);
        Put("reservationMinutes", rules.ReservationMinutes);
        Put("priorityWorkingDays", rules.PriorityWorkingDays);
        Put("windowFactor", rules.WindowFactor);
        Put("referralWorkingDays", rules.ReferralWorkingDays);
        Put("cancelHours", rules.CancelHours);
        Put("returnMinutes", rules.ReturnMinutes);
        Put("stopListWorkingDays", rules.StopListWorkingDays);
        Put("missesAllowed", rules.MissesAllowed);
        Put("referralsPerMonth", rules.ReferralsPerMonth);
        Put("lapsesPerDay", rules.LapsesPerDay);
        Put("validMonths", rules.ValidMonths);
        return line;

        void Put(string field, JsonNode? value)
        {
            if (value is not null)
            {
                line[field] = value;
            }
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace EOrda.Load.Scenarios;

/// <summary>Scenarios in JSON files.</summary>
internal static class ScenarioFile
{
    /// <summary>How the tool's JSON is written and read.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    // As many as one question about places is answered with.
    private const int MostPolledPlaces = 500;

    /// <summary>Reads a file, or one of the scenarios that come with the tool by its name.</summary>
    /// <exception cref="ScenarioException">There is none, or it is not what it should be.</exception>
    public static Scenario Read(string nameOrPath)
    {
        var path = File.Exists(nameOrPath) ? nameOrPath : Path.Combine(AppContext.BaseDirectory, "scenarios", nameOrPath + ".json");
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize<Scenario>(file, Json) ?? throw new ScenarioException($"'{path}' is empty.");
        }
        catch (JsonException e)
        {
            throw new ScenarioException($"'{path}': {e.Message}");
        }
        catch (IOException e)
        {
            throw new ScenarioException(e.Message);
        }
    }

    /// <summary>Checks that every number is in its bounds, and that the whole stays in the run's.</summary>
    /// <exception cref="ScenarioException">One is not; the message names it.</exception>
    public static Scenario Checked(Scenario scenario)
    {
        var (city, arrival, press, winners, day, claims) = (scenario.City, scenario.Arrival, scenario.Press, scenario.Winners, scenario.Day, scenario.Claims);
        Within("city.parents", city.Parents, 1, 1_000_000);
        Within("city.watchers", city.Watchers, 0, 1_000_000);
        Within("city.places", city.Places, 0, 100_000);
        Within("city.queues", city.Queues, 1, Math.Min(400, city.Parents));
        Within("city.waiting", city.Waiting, 0, 2_000_000);
        Within("city.window", city.Window, 0, 1_000);
        Within("arrival.perSecond", arrival.PerSecond, 1, 10_000);
        Within("arrival.settleSeconds", arrival.SettleSeconds, 0, 600);
        Within("arrival.pollSeconds", arrival.PollSeconds, 0.05, 60);
        Within("arrival.timeSamples", arrival.TimeSamples, 1, 20);
        Within("arrival.httpConnections", arrival.HttpConnections, 1, 20_000);
        Within("press.spreadSeconds", press.SpreadSeconds, 0, 600);
        Within("press.roundTripMedianMilliseconds", press.RoundTripMedianMilliseconds, 0, 5_000);
        Within("press.roundTripSigma", press.RoundTripSigma, 0, 3);
        Within("press.popularity", press.Popularity, 1, 10);
        Within("press.tries", press.Tries, 0, 20);
        Within("day.mornings", day.Mornings, 1, 5);
        Within("day.clock", day.Clock.Length, 0, 20);
        Within("day.watchSeconds", day.WatchSeconds, 0, 3_600);
        Within("claims.perSecond", claims.PerSecond, 1, 100_000);
        Within("claims.growth", claims.Growth, 1.05, 10);
        Within("claims.stepSeconds", claims.StepSeconds, 0.5, 600);
        Within("claims.steps", claims.Steps, 1, 50);
        Within("overload.multiples", scenario.Overload.Multiples.Length, 1, 20);
        foreach (var multiple in scenario.Overload.Multiples)
        {
            Within("overload.multiples", multiple, 0.01, 20);
        }

        Within("overload.stepSeconds", scenario.Overload.StepSeconds, 0.5, 600);
        Within("overload.connections", scenario.Overload.Connections, 1, 20_000);
        Within("bounds.requests", scenario.Bounds.Requests, 1, 100_000_000);
        Within("bounds.seconds", scenario.Bounds.Seconds, 1, 7 * 86_400);
        Within("bounds.connections", city.Parents * arrival.LiveShare + city.Watchers + arrival.HttpConnections + OfTheKind(scenario), 1, scenario.Bounds.Connections);
        if (arrival.Live == LiveKind.Poll)
        {
            Within("city.places of a queue that is polled, of all mornings", (double)city.Places * day.Mornings / city.Queues, 0, MostPolledPlaces);
        }

        Pair("press.thinkSeconds", press.ThinkSeconds);
        Pair("winners.afterSeconds", winners.AfterSeconds);
        foreach (var (name, share) in new[]
        {
            ("arrival.liveShare", arrival.LiveShare), ("arrival.dropShare", arrival.DropShare), ("press.machineShare", press.MachineShare),
            ("press.repeatShare", press.RepeatShare), ("winners.confirmShare", winners.ConfirmShare), ("winners.dropShare", winners.DropShare),
        })
        {
            Within(name, share, 0, 1);
        }

        return scenario;
    }

    /// <summary>Connections that only scenarios of this kind make.</summary>
    private static int OfTheKind(Scenario scenario) => scenario.Kind switch
    {
        ScenarioKind.Overload => scenario.Overload.Connections,
        ScenarioKind.Hostile => new[] { scenario.Hostile.DeafWatchers, scenario.Hostile.SlowLoris, scenario.Hostile.EndlessBodies, scenario.Hostile.HalfOpen, scenario.Hostile.IdleWatchers }.Max(),
        _ => 0,
    };

    private static void Pair(string name, double[] range)
    {
        if (range is not [var least, var most] || least < 0 || most < least || most > 600)
        {
            throw new ScenarioException($"{name}: two numbers of seconds from 0 to 600 are needed, the smaller first.");
        }
    }

    private static void Within(string name, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            throw new ScenarioException($"{name}: {value} is not from {least} to {most}.");
        }
    }
}

/// <summary>A scenario is not what it should be. The message says what.</summary>
internal sealed class ScenarioException(string message) : Exception(message);

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EOrda.Cli.Replay;
using EOrda.Model;
using EOrda.Model.Generation;

namespace EOrda.Cli.Tests;

/// <summary>
/// The engine against the independent naive model (tests/EOrda.Model) on random files.
/// EORDA_SEEDS sets how many seeds a profile are tried, EORDA_FIRST_SEED the first of them.
/// </summary>
public sealed class Differences
{
    private const int Lines = 500;
    private const int MutatedLines = 1_500;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly int Seeds = Number("EORDA_SEEDS", 20);
    private static readonly int FirstSeed = Number("EORDA_FIRST_SEED", 1);

    public static TheoryData<string> Profiles() => new(Profile.ByName.Keys);

    [Theory]
    [MemberData(nameof(Profiles))]
    public void The_engine_and_the_model_answer_alike(string profile)
    {
        for (var seed = FirstSeed; seed < FirstSeed + Seeds; seed++)
        {
            var lines = new Generator(seed, Lines, Profile.ByName[profile]).Write();
            var model = new NaiveModel();
            var expected = lines.Select(model.Answer).OfType<string>().ToList();
            var replayed = Replayed.Of(lines);
            Assert.Null(replayed.Fault);
            Answers.AssertEqual(expected, replayed.Answers, $"profile {profile}, seed {seed}, {Lines} lines");
        }
    }

    [Fact]
    public void The_engine_and_the_model_find_the_same_lines_malformed()
    {
        int malformed = 0, well = 0;
        for (var seed = FirstSeed; seed < FirstSeed + Seeds; seed++)
        {
            var random = new Random(seed);
            var lines = new Generator(seed, Lines, Profile.ByName["mixed"]).Write().Where(line => line.StartsWith('{')).ToList();
            for (var i = 0; i < MutatedLines / Seeds; i++)
            {
                var line = Mutated(lines[random.Next(lines.Count)], lines[random.Next(lines.Count)], random);
                var (ofEngine, ofModel) = (FaultOfEngine(line), FaultOfModel(line));
                Assert.True(ofEngine is null == ofModel is null, $"{line}\nengine: {ofEngine ?? "well formed"}\nmodel: {ofModel ?? "well formed"}");
                (malformed, well) = ofEngine is null ? (malformed, well + 1) : (malformed + 1, well);
            }
        }

        Assert.True(malformed > MutatedLines / 10 && well > MutatedLines / 10, $"{malformed} malformed, {well} well formed");
    }

    private static string Mutated(string line, string other, Random random)
    {
        var command = JsonNode.Parse(line)!.AsObject();
        var donor = JsonNode.Parse(other)!.AsObject();
        var fields = command.Select(field => field.Key).ToList();
        for (var changes = random.Next(3); changes >= 0; changes--)
        {
            var field = fields[random.Next(fields.Count)];
            switch (random.Next(10))
            {
                case 0:
                    command.Remove(field);
                    break;
                case 1:
                    command[Some(random, "place", "queue", "age", "applications", "application", "applicant", "born", "kindergarten", "review", "submitted", "days", "holidays", "kidergarten")] = Value(random);
                    break;
                case 2:
                    command["do"] = Some(random, "reserve", "free", "submit", "amend", "rules", "extend", "cancel", "verify", "transfer", "correct", "Reserve", "");
                    break;
                case 3:
                    command[field] = Value(random);
                    break;
                case 4:
                    command[field] = command[field] is JsonArray ? new JsonArray("A", "") : "";
                    break;
                default:
                    foreach (var shared in donor.Select(given => given.Key).Where(name => name != "do" && command.ContainsKey(name)).ToList())
                    {
                        command[shared] = donor[shared]!.DeepClone();
                    }

                    break;
            }
        }

        var text = command.ToJsonString(Plain);
        return random.Next(20) == 0 ? text.Remove(random.Next(text.Length), 1) : text;
    }

    private static JsonNode? Value(Random random) => random.Next(22) switch
    {
        0 => null,
        1 => true,
        2 => random.Next(-1, 12),
        3 => 2.5,
        4 => JsonNode.Parse("3.0"),
        5 => JsonNode.Parse("1e1"),
        6 => JsonNode.Parse("123456789012345678901234567890123456789"),
        7 => "",
        8 => "general",
        9 => Some(random, "first-priority", "special", "sanatorium", "Special", "out-of-turn"),
        10 => new JsonArray(),
        11 => new JsonArray("A", "B"),
        12 => new JsonArray(1, 3),
        13 => new JsonArray("A", 1),
        14 => new JsonObject(),
        15 => "2026-02-29",
        16 => "2024-02-29",
        17 => Some(random, "2026-06-10T02:00:00Z", "2026-06-10T02:00:00.1Z", "2026-06-10T02:00:00.1234Z", "2026-06-10T02:00Z", "2026-06-10T02:00:00"),
        18 => Some(random, "2026-06-10T02:00:00+05:00", "2026-06-10T02:00:00+0500", "2026-06-10T02:00:00-00:00", "2026-06-10 02:00:00Z", "2026-06-10T02:00:00z"),
        19 => Some(random, "2026-06-31T02:00:00Z", "2026-06-10T24:00:00Z", "2026-06-10T23:59:60Z", "2026-06-10T02:60:00Z", "2026-06-10T02:00:00+05:60", "+2026-06-10T02:00:00Z"),
        20 => new JsonArray(new JsonArray()),
        _ => "almaty/general/2022",
    };

    private static string Some(Random random, params string[] texts) => texts[random.Next(texts.Length)];

    private static string? FaultOfEngine(string line)
    {
        try
        {
            var fields = new LineFields();
            fields.Read(System.Text.Encoding.UTF8.GetBytes(line));
            LineCommands.Read(fields, fields.Instant(Field.At));
            return null;
        }
        catch (MalformedLineException fault)
        {
            return fault.Message;
        }
    }

    private static string? FaultOfModel(string line)
    {
        try
        {
            EOrda.Model.Replay.ReplayLine.Read(line);
            return null;
        }
        catch (EOrda.Model.Replay.MalformedLineException fault)
        {
            return fault.Message;
        }
    }

    private static int Number(string variable, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) && number > 0 ? number : otherwise;
}

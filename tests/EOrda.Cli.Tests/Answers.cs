using System.Text.Json;
using System.Text.Json.Nodes;

namespace EOrda.Cli.Tests;

/// <summary>Compares answers with expected ones as JSON; a referral's number is the engine's own, so any text will do for it.</summary>
internal static class Answers
{
    private const string AnyReferral = "*";

    public static void AssertEqual(IReadOnlyList<string> expected, IReadOnlyList<string> actual, string what)
    {
        for (var i = 0; i < Math.Min(expected.Count, actual.Count); i++)
        {
            if (expected[i] != actual[i] && !JsonNode.DeepEquals(Plain(expected[i]), Plain(actual[i])))
            {
                Assert.Fail($"{what}, answer {i + 1}\nexpected {expected[i]}\nactual   {actual[i]}");
            }
        }

        Assert.Equal(expected.Count, actual.Count);
    }

    private static JsonNode Plain(string line)
    {
        var answer = JsonNode.Parse(line)!;
        foreach (var referral in answer["referrals"] as JsonArray ?? [])
        {
            Assert.Equal(JsonValueKind.String, referral!["referral"]!.GetValueKind());
            referral["referral"] = AnyReferral;
        }

        return answer;
    }
}

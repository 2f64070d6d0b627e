using System.Text.Json.Nodes;

namespace EOrda.Model;

/// <summary>Compares answers with expected ones: as JSON, "referral":"*" standing for any string.</summary>
internal static class Comparison
{
    private const int Shown = 10;

    public static bool FirstDifferences(IReadOnlyList<(string Line, string Answer)> answers, IReadOnlyList<string> expected, TextWriter output)
    {
        var different = 0;
        for (var index = 0; index < Math.Max(answers.Count, expected.Count); index++)
        {
            var answer = index < answers.Count ? answers[index].Answer : null;
            var wanted = index < expected.Count ? expected[index] : null;
            if (answer is not null && wanted is not null && Matches(JsonNode.Parse(wanted), JsonNode.Parse(answer), ""))
                continue;
            different++;
            if (different > Shown)
                continue;
            output.WriteLine($"line:     {(index < answers.Count ? answers[index].Line : "-")}");
            output.WriteLine($"expected: {wanted ?? "-"}");
            output.WriteLine($"model:    {answer ?? "-"}");
        }

        output.WriteLine($"{different} of {Math.Max(answers.Count, expected.Count)} answers differ");
        return different > 0;
    }

    private static bool Matches(JsonNode? expected, JsonNode? actual, string name)
    {
        if (name == "referral" && expected?.GetValueKind() == System.Text.Json.JsonValueKind.String && expected.GetValue<string>() == "*")
            return actual?.GetValueKind() == System.Text.Json.JsonValueKind.String;
        if (expected is JsonObject expectedObject)
        {
            return actual is JsonObject actualObject
                && expectedObject.Count == actualObject.Count
                && expectedObject.All(field => actualObject.ContainsKey(field.Key) && Matches(field.Value, actualObject[field.Key], field.Key));
        }

        if (expected is JsonArray expectedArray)
        {
            return actual is JsonArray actualArray
                && expectedArray.Count == actualArray.Count
                && expectedArray.Zip(actualArray).All(pair => Matches(pair.First, pair.Second, ""));
        }

        return JsonNode.DeepEquals(expected, actual);
    }
}

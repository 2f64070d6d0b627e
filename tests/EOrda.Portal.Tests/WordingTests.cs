using System.Text.Json;
using EOrda.Portal.Problems;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>Every refusal has its words in every language.</summary>
public sealed class WordingTests
{
    private static readonly Problem[] Others =
    [
        Problem.Starting, Problem.Busy, Problem.TooManyRequests, Problem.NotRecorded, Problem.OutcomeUnknown, Problem.KeyReused, Problem.BadInput, Problem.Unauthorized,
        Problem.ForeignOrigin, Problem.NotFound, Problem.MethodNotAllowed, Problem.TooLarge, Problem.TooSlow, Problem.WrongContentType, Problem.Internal,
    ];

    private static readonly string[] Said = [.. Enum.GetValues<Reason>().Select(Words.Of).Concat(Others.Select(p => p.Word))];

    public static TheoryData<string> EveryWord => [.. Said];

    [Theory]
    [MemberData(nameof(EveryWord))]
    public void A_word_is_told_in_three_languages(string word)
    {
        var texts = Enum.GetValues<Language>().Select(language => Wording.Of(word, language)).ToList();
        Assert.All(texts, text => Assert.False(string.IsNullOrWhiteSpace(text.Title) || string.IsNullOrWhiteSpace(text.Detail)));
        Assert.Equal(3, texts.Distinct().Count());
    }

    [Fact]
    public void Nothing_is_worded_that_is_never_said() => Assert.Empty(Wording.Known.Except(Said));

    [Theory]
    [InlineData(Reason.PlaceTaken, 409)]
    [InlineData(Reason.OutsideWindow, 403)]
    [InlineData(Reason.UnknownPlace, 404)]
    [InlineData(Reason.BadLength, 422)]
    [InlineData(Reason.Frozen, 409)]
    public void A_reason_has_its_status(Reason reason, int status)
    {
        var body = JsonDocument.Parse(Problem.Of(reason).In(Language.English)).RootElement;
        Assert.Equal((status, Words.Of(reason)), (body.GetProperty("status").GetInt32(), body.GetProperty("reason").GetString()));
    }
}

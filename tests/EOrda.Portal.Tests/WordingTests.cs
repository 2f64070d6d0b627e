using System.Text.Json;
using System.Text.RegularExpressions;
using EOrda.Portal.Problems;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>Every refusal has its words in every language.</summary>
public sealed partial class WordingTests
{
    private static readonly Problem[] Others =
    [
        Problem.Starting, Problem.Busy, Problem.TooManyRequests, Problem.NotRecorded, Problem.OutcomeUnknown, Problem.KeyReused, Problem.BadInput, Problem.Unauthorized,
        Problem.ForeignOrigin, Problem.NotFound, Problem.MethodNotAllowed, Problem.TooLarge, Problem.TooSlow, Problem.WrongContentType, Problem.Internal,
        .. StaffProblems.All,
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

    /// <summary>A title stands before a full stop in the page's notices; a detail is one sentence or more.</summary>
    [Theory]
    [MemberData(nameof(EveryWord))]
    public void A_title_ends_without_a_full_stop_and_a_detail_with_one(string word) =>
        Assert.All(Enum.GetValues<Language>().Select(language => Wording.Of(word, language)), text =>
        {
            Assert.False(text.Title.EndsWith('.'));
            Assert.EndsWith(".", text.Detail, StringComparison.Ordinal);
        });

    [Fact]
    public void A_fault_is_told_in_three_languages_with_the_same_bounds()
    {
        using var resource = typeof(Fault).Assembly.GetManifestResourceStream("faults.json")!;
        using var document = JsonDocument.Parse(resource);
        var faults = document.RootElement.EnumerateObject().ToList();
        Assert.NotEmpty(faults);
        Assert.All(faults, fault =>
        {
            var texts = Enum.GetValues<Language>().Select(language => fault.Value.GetProperty(Languages.TagOf(language)).GetString()!).ToList();
            Assert.Equal(texts.Count, texts.Distinct().Count());
            Assert.Single(texts.Select(text => string.Concat(Bound().Matches(text).Select(m => m.Value).Order(StringComparer.Ordinal))).Distinct());
        });
    }

    /// <summary>сұраныс is the demand of a market; a request is сұрау (004). кілт is the key of a signature (002): an application has a құпиясөз.</summary>
    [Theory]
    [MemberData(nameof(EveryWord))]
    public void Kazakh_texts_use_the_words_of_the_documents(string word)
    {
        var (title, detail) = Wording.Of(word, Language.Kazakh);
        Assert.DoesNotContain("сұраныс", title + detail, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("құпия кілт", title + detail, StringComparison.OrdinalIgnoreCase);
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

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, 1000)]
    private static partial Regex Bound();
}

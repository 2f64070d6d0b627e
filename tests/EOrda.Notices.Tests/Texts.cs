using EOrda.Notices.Kinds;
using EOrda.Notices.Texts;
using NodaTime;

namespace EOrda.Notices.Tests;

public sealed class Texts
{
    private static readonly Language[] Languages = Enum.GetValues<Language>();

    public static TheoryData<NoticeKind> Kinds => [.. Enum.GetValues<NoticeKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_a_title_and_a_text_in_three_languages(NoticeKind kind)
    {
        var texts = NoticeTexts.All.TextsOf(kind);
        Assert.Equal(Languages, texts.Titles.Keys.Order());
        Assert.Equal(Languages, texts.Bodies.Keys.Order());
        Assert.Equal(texts.Traits.IsFeedOnly ? [] : [Language.Kazakh, Language.Russian], texts.Sms.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_placeholders_are_the_same_in_all_languages_and_the_text_has_all_values(NoticeKind kind)
    {
        var texts = NoticeTexts.All.TextsOf(kind);
        foreach (var ways in new[] { texts.Titles, texts.Sms }.Where(ways => ways.Count > 0))
        {
            var names = ways.Values.Select(text => string.Join(' ', text.Names.Order(StringComparer.Ordinal))).Distinct(StringComparer.Ordinal);
            Assert.Single(names);
            Assert.Empty(ways.Values.SelectMany(text => text.Names).Except(texts.Traits.Values.Keys));
        }

        foreach (var text in texts.Bodies.Values)
            Assert.Equal(texts.Traits.Values.Keys.Order(StringComparer.Ordinal), text.Names.Order(StringComparer.Ordinal));
        Assert.Equal(typeof(NumberValue), texts.Traits.Values["application"]);
    }

    [Fact]
    public void The_footers_and_the_words_are_there_in_all_languages()
    {
        Assert.Equal(Languages, NoticeTexts.All.Footers.Keys.Order());
        var first = NoticeTexts.All.Words(Language.Kazakh);
        foreach (var words in Languages.Select(NoticeTexts.All.Words))
        {
            Assert.Equal(12, words.Months.Count);
            Assert.Equal(first.Causes.Keys.Order(StringComparer.Ordinal), words.Causes.Keys.Order(StringComparer.Ordinal));
            Assert.Equal(first.Formats.Keys.Order(StringComparer.Ordinal), words.Formats.Keys.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_21_kinds_of_the_annex_are_there_once_each_and_cannot_be_turned_off()
    {
        var kinds = Enum.GetValues<NoticeKind>().Select(KindTraits.Of).ToList();
        Assert.Equal(Enumerable.Range(1, 21), kinds.Select(kind => kind.Annex).OfType<int>().Order());
        Assert.All(kinds.Where(kind => kind.Annex is not null), kind => Assert.True(kind.IsLegal));
        Assert.Equal(
            [NoticeKind.Won, NoticeKind.Lapsed, NoticeKind.Lost, NoticeKind.WindowReached],
            kinds.Where(kind => !kind.IsLegal).Select(kind => kind.Kind));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_SMS_is_two_at_most_whatever_the_values(NoticeKind kind)
    {
        var texts = NoticeTexts.All.TextsOf(kind);
        if (texts.Traits.IsFeedOnly)
            return;
        Assert.DoesNotContain(texts.Sms.Values.SelectMany(text => text.Names), name => texts.Traits.Values[name] == typeof(NameValue) || texts.Traits.Values[name] == typeof(RemarkValue));
        foreach (var values in Longest.ValuesOf(texts.Traits))
        {
            var sms = texts.SmsOf(values);
            Assert.True(SmsLength.PartsOf(sms) <= SmsLength.MostParts, $"{sms.Length} characters: {sms}");
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(70, 1)]
    [InlineData(71, 2)]
    [InlineData(134, 2)]
    [InlineData(135, 3)]
    public void One_SMS_has_70_characters_and_each_of_several_67(int length, int parts) => Assert.Equal(parts, SmsLength.PartsOf(new string('ә', length)));

    [Fact]
    public void An_SMS_has_the_number_once_then_Kazakh_then_Russian()
    {
        var values = Values(("application", new NumberValue("АЛМ-26-7KQ4-M92D")), ("place", new NumberValue("23-260610-01")), ("kindergarten", new NameValue("қ", "р", "e")), ("until", new TimeValue(new LocalDateTime(2026, 6, 10, 7, 10))));
        Assert.Equal("АЛМ-26-7KQ4-M92D\nОрын 07:10-ға дейін сізге броньдалды. Жолдама алыңыз.\nМесто за вами до 07:10. Получите направление.", NoticeTexts.All.TextsOf(NoticeKind.Won).SmsOf(values));
    }

    [Theory]
    [InlineData("07:00", "07:00-ге", "07:00-де")]
    [InlineData("18:30", "18:30-ға", "18:30-да")]
    [InlineData("07:10", "07:10-ға", "07:10-да")]
    [InlineData("07:15", "07:15-ке", "07:15-те")]
    [InlineData("07:16", "07:16-ға", "07:16-да")]
    [InlineData("07:40", "07:40-қа", "07:40-та")]
    [InlineData("07:50", "07:50-ге", "07:50-де")]
    [InlineData("07:03", "07:03-ке", "07:03-те")]
    [InlineData("07:09", "07:09-ға", "07:09-да")]
    public void A_Kazakh_time_takes_the_suffix_of_its_last_word(string time, string dative, string locative)
    {
        Assert.Equal(dative, Kazakh.TimeInCase(time, "dative"));
        Assert.Equal(locative, Kazakh.TimeInCase(time, "locative"));
    }

    [Theory]
    [InlineData("маусым", "маусымда", "маусымды", "маусымның")]
    [InlineData("шілде", "шілдеде", "шілдені", "шілденің")]
    [InlineData("қаңтар", "қаңтарда", "қаңтарды", "қаңтардың")]
    [InlineData("тамыз", "тамызда", "тамызды", "тамыздың")]
    [InlineData("қыркүйек", "қыркүйекте", "қыркүйекті", "қыркүйектің")]
    [InlineData("қараша", "қарашада", "қарашаны", "қарашаның")]
    [InlineData("сәуір", "сәуірде", "сәуірді", "сәуірдің")]
    public void A_Kazakh_month_takes_its_own_suffixes(string month, string locative, string accusative, string genitive)
    {
        Assert.Equal(locative, Kazakh.InCase(month, "locative"));
        Assert.Equal(accusative, Kazakh.InCase(month, "accusative"));
        Assert.Equal(genitive, Kazakh.InCase(month, "genitive"));
    }

    [Theory]
    [InlineData(1, "откроется 1 место.", "1 place opens in")]
    [InlineData(2, "откроются 2 места.", "2 places open in")]
    [InlineData(5, "откроются 5 мест.", "5 places open in")]
    [InlineData(11, "откроются 11 мест.", "11 places open in")]
    [InlineData(12, "откроются 12 мест.", "12 places open in")]
    [InlineData(21, "откроется 21 место.", "21 places open in")]
    [InlineData(22, "откроются 22 места.", "22 places open in")]
    [InlineData(111, "откроются 111 мест.", "111 places open in")]
    public void A_word_goes_with_its_count(int places, string russian, string english)
    {
        var texts = NoticeTexts.All.TextsOf(NoticeKind.WindowReached);
        var values = Values(("application", new NumberValue("A")), ("places", new CountValue(places)), ("opens", new TimeValue(new LocalDateTime(2026, 6, 17, 7, 0))));
        Assert.Contains(russian, texts.Bodies[Language.Russian].Render(values), StringComparison.Ordinal);
        Assert.Contains(english, texts.Bodies[Language.English].Render(values), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Language.Kazakh, "№ A өтініш 17 маусымды қоса алғанда жарамды.")]
    [InlineData(Language.Russian, "Заявление № A действует по 17 июня включительно.")]
    [InlineData(Language.English, "Application A is valid to the end of 17 June.")]
    public void A_date_is_told_as_the_language_has_it(Language language, string text)
    {
        var values = Values(("application", new NumberValue("A")), ("last", new DateValue(new LocalDate(2026, 6, 17))));
        Assert.Equal(text, NoticeTexts.All.TextsOf(NoticeKind.Prolonged).Bodies[language].Render(values));
    }

    [Fact]
    public void A_value_that_an_old_notice_does_not_have_is_a_dash() =>
        Assert.Equal("Application A is valid —.", NoticeTexts.All.TextsOf(NoticeKind.Prolonged).Bodies[Language.English].Render(Values(("application", new NumberValue("A")))));

    [Fact]
    public void A_value_with_a_placeholder_in_it_stays_a_text()
    {
        var values = Values(("application", new NumberValue("{last}")), ("last", new DateValue(new LocalDate(2026, 6, 17))));
        Assert.StartsWith("Application {last} is valid", NoticeTexts.All.TextsOf(NoticeKind.Prolonged).Bodies[Language.English].Render(values), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{open")]
    [InlineData("{date:never}")]
    [InlineData("{count:one|two|three|four}")]
    public void A_text_with_a_fault_is_refused(string text) =>
        Assert.Throws<FormatException>(() => Template.Parse(text, Language.Russian, NoticeTexts.All.Words(Language.Russian)));

    [Fact]
    public void Values_that_do_not_suit_the_kind_are_refused_by_name_and_without_their_content()
    {
        var kind = KindTraits.Of(NoticeKind.Removed);
        Assert.Null(kind.FaultOf(Values(("application", new NumberValue("A")), ("cause", new CauseValue("too-old")))));
        Assert.Equal("removed: the value 'cause' is missing", kind.FaultOf(Values(("application", new NumberValue("A")))));
        Assert.Equal("removed: the value 'cause' must be a CauseValue", kind.FaultOf(Values(("application", new NumberValue("A")), ("cause", new NumberValue("secret")))));
        Assert.Equal("removed: the value 'cause' is beyond its bounds", kind.FaultOf(Values(("application", new NumberValue("A")), ("cause", new CauseValue("secret")))));
        Assert.Equal("removed: the value 'application' is beyond its bounds", kind.FaultOf(Values(("application", new NumberValue(new string('A', 21))), ("cause", new CauseValue("too-old")))));
        Assert.Equal("removed: there are values that it does not have", kind.FaultOf(Values(("application", new NumberValue("A")), ("cause", new CauseValue("too-old")), ("secret", new CountValue(1)))));
    }

    private static Dictionary<string, NoticeValue> Values(params (string Name, NoticeValue Value)[] values) => values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);
}

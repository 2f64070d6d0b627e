using EOrda.Notices.Replies;

namespace EOrda.Notices.Tests;

public sealed class Replies
{
    [Theory]
    [InlineData("YES")]
    [InlineData("yes")]
    [InlineData("  Yes!  ")]
    [InlineData("ИӘ")]
    [InlineData("иә")]
    [InlineData("Иə")] // the Latin schwa
    [InlineData("ИƏ.")]
    [InlineData("ия")]
    [InlineData("ДА")]
    [InlineData("да\r\n")]
    [InlineData("«Да»")]
    [InlineData("дa")] // a Latin a
    [InlineData("da")]
    public void Yes_in_three_languages_on_any_keyboard(string text) => Assert.Equal(SmsReply.Yes, SmsReplies.Read(text));

    [Theory]
    [InlineData("NO")]
    [InlineData("жоқ")]
    [InlineData("ЖОК")]
    [InlineData("жok")]
    [InlineData("Нет.")]
    [InlineData("HET")] // Latin letters throughout
    public void No_in_three_languages_on_any_keyboard(string text) => Assert.Equal(SmsReply.No, SmsReplies.Read(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("да нет")]
    [InlineData("не да")]
    [InlineData("да 2")]
    [InlineData("СТОП")]
    [InlineData("yesterday")]
    [InlineData("да                                                                        ")]
    public void Everything_else_is_unclear(string? text) => Assert.Equal(SmsReply.Unclear, SmsReplies.Read(text));
}

using EOrda.Accounts.Authenticators;
using EOrda.Accounts.Passwords;
using EOrda.Accounts.People;
using EOrda.Accounts.Tests.Support;

namespace EOrda.Accounts.Tests;

/// <summary>What people type: IINs, numbers, logins, passwords, codes.</summary>
public sealed class ReadingTests
{
    [Theory]
    [InlineData(Iins.Aru, true)]
    [InlineData(" " + Iins.Bek + "\n", true)]
    [InlineData("900101300008", false)]
    [InlineData("901301300007", false)]
    [InlineData("900230300007", false)]
    [InlineData("90010130000", false)]
    [InlineData("٩00101300007", false)]
    [InlineData("900101900007", false)]
    [InlineData(null, false)]
    public void An_IIN_has_twelve_digits_a_date_and_a_check_digit(string? text, bool isOne) => Assert.Equal(isOne, Iin.TryRead(text, out _));

    [Theory]
    [InlineData("+7 (701) 123-45-67", "+77011234567")]
    [InlineData("8 701 123 45 67", "+77011234567")]
    [InlineData("77471234567", "+77471234567")]
    [InlineData("+998 90 123 45 67", "+998901234567")]
    public void A_number_is_read_as_people_write_it(string text, string e164)
    {
        Assert.True(Phone.TryRead(text, out var read));
        Assert.Equal(e164, read);
    }

    [Theory]
    [InlineData("+7 727 250 00 00")]
    [InlineData("102")]
    [InlineData("call me")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("+77011234567 ext. 5")]
    [InlineData("+7701123456700000000000000000000000000000")]
    public void What_an_SMS_does_not_reach_is_no_number(string? text) => Assert.False(Phone.TryRead(text, out _));

    [Theory]
    [InlineData(" Dana.K ", "dana.k")]
    [InlineData("ab", null)]
    [InlineData("дана", null)]
    [InlineData("with space", null)]
    public void A_login_is_lowered_and_has_few_signs(string text, string? login) => Assert.Equal(login, Login.TryRead(text, out var read) ? read : null);

    [Theory]
    [InlineData("elevenchars", Reasons.PasswordShort)]
    [InlineData("passwordpassword", Reasons.PasswordCommon)]
    [InlineData("P@ssw0rd2026!", Reasons.PasswordCommon)]
    [InlineData("qwerty123456", Reasons.PasswordCommon)]
    [InlineData("Kazakhstan2026", Reasons.PasswordCommon)]
    [InlineData("Қазақстан2026!", Reasons.PasswordCommon)]
    [InlineData("пароль123456", Reasons.PasswordCommon)]
    [InlineData("йцукенгшщз12", Reasons.PasswordCommon)]
    [InlineData("abcabcabcabc", Reasons.PasswordCommon)]
    [InlineData("900101300007", Reasons.PasswordCommon)]
    [InlineData("correct horse battery staple", null)]
    [InlineData("төрт сары ат жүгірді", null)]
    [InlineData("kv7-rw2m-99xt", null)]
    public void A_password_is_long_and_not_common_and_nothing_else(string password, string? reason) => Assert.Equal(reason, PasswordRules.Check(password)?.Reason);

    [Fact]
    public void A_password_of_a_book_is_refused() => Assert.Equal(Reasons.PasswordLong, PasswordRules.Check(string.Concat(Enumerable.Repeat("line of a book ", 10)))?.Reason);

    // RFC 6238, appendix B, the last six of its eight digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Codes_of_authenticators_are_those_of_the_standard(long seconds, string code)
    {
        var secret = "12345678901234567890"u8;
        var now = DateTimeOffset.FromUnixTimeSeconds(seconds);
        Assert.Equal(seconds / 30, Totp.Find(secret, code, now, 0));
        Assert.Equal(seconds / 30, Totp.Find(secret, code, now.AddSeconds(30), 0));
        Assert.Null(Totp.Find(secret, code, now.AddSeconds(60), 0));
        Assert.Null(Totp.Find(secret, code, now, seconds / 30));
    }

    // RFC 4648, section 10, without padding.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Secrets_are_written_as_the_standard_says(string text, string base32) => Assert.Equal(base32, Base32.Encode(System.Text.Encoding.ASCII.GetBytes(text)));
}

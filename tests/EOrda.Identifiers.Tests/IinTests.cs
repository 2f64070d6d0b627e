using System.Globalization;

namespace EOrda.Identifiers.Tests;

public sealed class IinTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("85123130000")]
    [InlineData("8512313000055")]
    [InlineData("85123130000a")]
    [InlineData("8512 31300005")]
    [InlineData("٢٢٠٣٠١٥٠٠٠٠٤")]
    public void What_has_not_twelve_digits_is_no_number(string? text) => Assert.Equal(IinFault.NotTwelveDigits, Iin.Read(text, out _));

    [Theory]
    [InlineData("000229300000")]
    [InlineData("221301500000")]
    [InlineData("220001500000")]
    [InlineData("220300500000")]
    [InlineData("220301000000")]
    [InlineData("220301700000")]
    public void Its_first_seven_digits_name_a_date(string text) => Assert.Equal(IinFault.NoBirthDate, Iin.Read(text, out _));

    [Theory]
    [InlineData("220301500004")]
    [InlineData("851231300005")]
    [InlineData("220301500502")]
    [InlineData("991231100109")]
    public void Only_the_check_digit_fits_in_the_last_place(string text)
    {
        for (var digit = '0'; digit <= '9'; digit++)
            Assert.Equal(digit == text[11] ? null : IinFault.CheckDigit, Iin.Read($"{text[..11]}{digit}", out _));
    }

    [Theory]
    [InlineData("22030150054")]
    [InlineData("85123130064")]
    public void Where_both_sums_leave_10_no_digit_fits(string body)
    {
        Assert.Null(IinCheckDigit.Of(body));
        for (var digit = '0'; digit <= '9'; digit++)
            Assert.Equal(IinFault.CheckDigit, Iin.Read($"{body}{digit}", out _));
    }

    [Theory]
    [InlineData("851231300005", "1985-12-31", Sex.Male)]
    [InlineData("000229500008", "2000-02-29", Sex.Male)]
    [InlineData("991231100000", "1899-12-31", Sex.Male)]
    public void It_names_the_birth_date_and_the_sex(string text, string born, Sex sex)
    {
        var iin = Iin.Parse(text);
        Assert.Equal(DateOnly.Parse(born, CultureInfo.InvariantCulture), iin.Born);
        Assert.Equal(sex, iin.Sex);
    }

    [Fact]
    public void An_even_seventh_digit_is_female()
    {
        const string Body = "22030160001";
        Assert.Equal(Sex.Female, Iin.Parse($"{Body}{IinCheckDigit.Of(Body)}").Sex);
    }

    [Fact]
    public void White_space_around_it_is_passed_over_and_two_writings_are_one_number() =>
        Assert.Equal(Iin.Parse("851231300005"), Iin.Parse(" 851231300005\t"));

    [Fact]
    public void As_text_it_is_masked()
    {
        var iin = Iin.Parse("851231300005");
        Assert.Equal("**********05", $"{iin}");
        Assert.Equal("851231300005", iin.Digits);
    }

    [Fact]
    public void The_fault_of_a_wrong_one_does_not_repeat_it()
    {
        var fault = Assert.Throws<FormatException>(() => Iin.Parse("851231300006"));
        Assert.DoesNotContain("851231", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_was_never_read_has_no_digits() => Assert.Throws<InvalidOperationException>(() => default(Iin).Digits);

    [Theory]
    [InlineData("8512313000")]
    [InlineData("851231300005")]
    [InlineData("8512313000x")]
    public void A_check_digit_is_of_eleven_digits(string digits) => Assert.Throws<ArgumentException>(() => IinCheckDigit.Of(digits));
}

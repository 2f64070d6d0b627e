using EOrda.Queues.Names;
using NodaTime;

namespace EOrda.Queues.Tests.Rules;

public sealed class IdentificationNumbers
{
    [Theory]
    [InlineData("000000000000")]
    [InlineData("12345678901")]
    [InlineData("22022950000a")]
    [InlineData("220230500017")]
    [InlineData("220228900017")]
    public void What_is_no_date_of_a_known_century_is_no_number(string text) => Assert.False(Iin.IsValid(text));

    [Theory]
    [InlineData("220301500004")]
    [InlineData("851231300005")]
    [InlineData("000229500008")]
    [InlineData("991231100000")]
    public void The_last_digit_is_the_sum_of_the_others_by_the_first_weights(string text) => OnlyTheLastDigitFits(text);

    [Theory]
    [InlineData("220301500502")]
    [InlineData("851231300602")]
    [InlineData("991231100109")]
    public void Where_the_first_sum_leaves_10_the_second_weights_decide(string text) => OnlyTheLastDigitFits(text);

    [Theory]
    [InlineData("22030150054")]
    [InlineData("85123130064")]
    [InlineData("99123110016")]
    public void Where_both_sums_leave_10_no_digit_fits(string body)
    {
        for (var digit = 0; digit <= 9; digit++)
        {
            Assert.False(Iin.IsValid($"{body}{digit}"));
        }
    }

    [Theory]
    [InlineData("851231300005", 1985, 12, 31)]
    [InlineData("000229500008", 2000, 2, 29)]
    [InlineData("991231100000", 1899, 12, 31)]
    public void The_seventh_digit_names_the_century(string text, int year, int month, int day)
    {
        Assert.True(Iin.TryReadBirthDate(text, out var born));
        Assert.Equal(new LocalDate(year, month, day), born);
    }

    [Theory]
    [InlineData("000229300000")]
    [InlineData("000229100000")]
    [InlineData("221301500000")]
    [InlineData("220001500000")]
    [InlineData("220300500000")]
    [InlineData("220301000000")]
    [InlineData("220301700000")]
    [InlineData("٢٢٠٣٠١٥٠٠٠٠٤")]
    [InlineData("")]
    public void What_names_no_date_has_no_birth_date(string text)
    {
        Assert.False(Iin.TryReadBirthDate(text, out _));
        Assert.False(Iin.IsValid(text));
    }

    [Fact]
    public void Exactly_one_last_digit_at_most_makes_a_number_valid()
    {
        for (var serial = 0; serial < 2_000; serial++)
        {
            var body = $"2203015{serial:D4}";
            Assert.InRange(Enumerable.Range(0, 10).Count(digit => Iin.IsValid($"{body}{digit}")), 0, 1);
        }
    }

    private static void OnlyTheLastDigitFits(string text)
    {
        for (var digit = '0'; digit <= '9'; digit++)
        {
            Assert.Equal(digit == text[11], Iin.IsValid($"{text[..11]}{digit}"));
        }
    }
}

namespace EOrda.Identifiers.Tests;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+77010000000")]
    [InlineData("+12345678")]
    [InlineData("+123456789012345")]
    public void The_international_form_is_a_plus_and_8_to_15_digits(string text) => Assert.Equal(text, PhoneNumber.Parse(text).International);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("77010000000")]
    [InlineData("+7 701 000 00 00")]
    [InlineData("+07010000000")]
    [InlineData("+1234567")]
    [InlineData("+1234567890123456")]
    [InlineData("+7701000000x")]
    [InlineData("+77010000000\r\n")]
    public void Everything_else_is_none(string? text) => Assert.False(PhoneNumber.TryParse(text, out _));

    [Fact]
    public void As_text_it_is_masked_and_its_fault_does_not_repeat_it()
    {
        Assert.Equal("+*********42", $"{PhoneNumber.Parse("+77010000042")}");
        Assert.DoesNotContain("7701", Assert.Throws<FormatException>(() => PhoneNumber.Parse("77010000042")).Message, StringComparison.Ordinal);
    }
}

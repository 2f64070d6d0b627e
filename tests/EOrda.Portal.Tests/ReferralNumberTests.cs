using EOrda.Portal.Localities;
using EOrda.Portal.Referrals;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>The number that a family reads, not the key that the rules know.</summary>
public sealed class ReferralNumberTests
{
    private static readonly LocalityNames Names = new(
        [new NamedLocality("almaty", "АЛМ", new Name("Алматы", "Алматы", "Almaty"))],
        [new NamedProfile("allergy", "1", new Name("аллергия", "аллергия", "allergy"))]);

    [Theory]
    [InlineData("almaty/general/2022/9", "АЛМ-2022-0009")]
    [InlineData("almaty/general/2022/12345", "АЛМ-2022-12345")]
    [InlineData("almaty/special/2022/9", "АЛМ-СП2022-0009")]
    [InlineData("almaty/sanatorium/allergy/9", "АЛМ-СН1-0009")]
    [InlineData("almaty/sanatorium/1/9", "АЛМ-СН-1-0009")]
    [InlineData("oral/general/2022/9", "ORAL-2022-0009")]
    public void A_referral_has_a_number_that_names_locality_queue_and_serial(string referral, string number) =>
        Assert.Equal(number, ReferralNumber.Of(referral, Names));
}

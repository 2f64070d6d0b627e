using EOrda.Queues.Recording;
using EOrda.Queues.Time;

namespace EOrda.Queues.Tests.Rules;

/// <summary>What journals of before hold is read with what it meant then (<see cref="EventFormat"/>).</summary>
public sealed class OldEvents
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_referral_annulled_under_the_old_tag_counts_towards_the_limit_and_not_for_the_window(bool missed)
    {
        var writer = new ByteWriter();
        writer.Byte(19);
        writer.Count(7);
        writer.Moment(new Moment(5));
        writer.Flag(missed);
        var reader = new ByteReader(writer.Written.Span);
        Assert.Equal(new ReferralAnnulled(7, new Moment(5), missed, Undone: false, GivenUpOn: null), EventFormat.ReadQueueEvent(ref reader));
        Assert.True(reader.AtEnd);
    }

    [Fact]
    public void Limits_of_nothing_are_read_as_one()
    {
        Assert.True(new EOrda.Queues.Rules.RulesDraft { TimeZone = "Asia/Almaty" }.TryBuild(out var rules, out _));
        var writer = new ByteWriter();
        EventFormat.Write(writer, new RulesAdopted(rules with { ReferralsPerMonth = 0, LapsesPerDay = 0 }));
        var reader = new ByteReader(writer.Written.Span);
        var read = ((RulesAdopted)EventFormat.ReadQueueEvent(ref reader)).Rules;
        Assert.Equal((1, 1), (read.ReferralsPerMonth, read.LapsesPerDay));
    }
}

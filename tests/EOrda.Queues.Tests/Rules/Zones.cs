using EOrda.Queues.Audit;
using EOrda.Queues.Recording;
using EOrda.Queues.Tests.Properties;

namespace EOrda.Queues.Tests.Rules;

/// <summary>Rules, section 2, in towns whose clocks are changed in the middle of things.</summary>
public sealed class Zones
{
    [Fact]
    public void In_Almaty_the_last_hour_of_29_February_2024_comes_twice()
    {
        var town = new Town(start: "2024-02-20 09:00").Filed("A").Freed("s1", "s2");
        Assert.Equal("s1 until 2024-02-29 23:05", town.At("2024-02-29T17:55:00Z").Reserves("A", "s1"));

        // 18:05 UTC is 23:05 again, still of 29 February: the place is back on 1 March.
        Assert.Equal("returning from 2024-03-01 07:00", town.At("2024-02-29T18:05:00Z").Place("s1"));
        Assert.Equal("2024-03-01T02:00:00.000Z", $"{town.Read("2024-03-01 07:00")}");
        Assert.Equal("frozen", town.At("2024-03-01T01:30:00Z").Reserves("A", "s2"));
        Assert.Equal("s2 until 2024-03-01 07:10", town.At("2024-03-01T02:00:00Z").Reserves("A", "s2"));
    }

    [Fact]
    public void In_Almaty_a_referral_to_the_end_of_29_February_2024_is_valid_an_hour_longer()
    {
        var town = new Town(start: "2024-02-01 09:00").Filed("A").Freed("s1").At("2024-02-22 12:00");
        town.Reserves("A", "s1");
        Assert.Equal("A until 2024-03-01 00:00", town.Confirms("A"));
        Assert.StartsWith("referred", town.At("2024-02-29T18:59:59.999Z").State("A"), StringComparison.Ordinal);
        Assert.StartsWith("stop-listed", town.At("2024-02-29T19:00:00Z").State("A"), StringComparison.Ordinal);
    }

    [Fact]
    public void In_Cairo_a_midnight_that_is_skipped_is_one_o_clock()
    {
        var town = new Town(rules => rules.ReferralWorkingDays = 3, zone: "Africa/Cairo", start: "2024-04-10 09:00").Filed("A").Freed("s1").At("2024-04-22 12:00");
        town.Reserves("A", "s1");
        Assert.Equal("A until 2024-04-26 01:00", town.Confirms("A"));
        Assert.StartsWith("referred", town.At("2024-04-25T21:59:59.999Z").State("A"), StringComparison.Ordinal);
        Assert.StartsWith("stop-listed", town.At("2024-04-25T22:00:00Z").State("A"), StringComparison.Ordinal);
    }

    [Fact]
    public void In_Sao_Paulo_a_release_in_the_skipped_hour_moves_by_the_gap()
    {
        var town = new Town(rules => (rules.FreezeFrom, rules.Release) = ("00:00", "00:30"), zone: "America/Sao_Paulo", start: "2018-11-03 12:00");
        Assert.Equal("almaty/general/2022 from 2018-11-04 01:30", town.Filed().Frees("s1"));
    }

    [Fact]
    public void In_Apia_the_date_that_does_not_exist_still_counts()
    {
        // Reported on Thursday, 29 December 2011, after 18:00: the handover would be on the 30th and the release is on the 31st at 07:00.
        var town = new Town(zone: "Pacific/Apia", start: "2011-12-29 19:00");
        Assert.Equal("almaty/general/2022 from 2011-12-31 07:00", town.Frees("s1"));
        Assert.Equal("reported from 2011-12-31 07:00", town.At("2011-12-31 06:59:59.999").Place("s1"));
        Assert.StartsWith("available priority", town.At("2011-12-31 07:00").Place("s1"), StringComparison.Ordinal);
        Assert.StartsWith("available priority", town.At("2011-12-31 18:00").Place("s1"), StringComparison.Ordinal);
    }

    [Fact]
    public void In_St_Johns_6_November_2010_comes_again_after_7_November_has_begun_and_what_was_dropped_counts_on_both()
    {
        const string queue = "almaty/general/2007";
        var town = new Town(rules => rules.LapsesPerDay = 1, zone: "America/St_Johns", start: "2010-11-04 09:00");
        foreach (var application in new[] { "A", "B", "C" })
        {
            town.Files(application, queue: queue);
            town.Frees($"of {application}", queue: queue);
        }

        ReservesAndDrops("A", "2010-11-07T02:28:00Z");
        Assert.Equal("rank 1 of 3, lapse-limit until 2010-11-07 00:00", town.Window("A"));
        ReservesAndDrops("B", "2010-11-07T02:30:00Z");
        Assert.Equal(("rank 1 of 2", "rank 2 of 2, lapse-limit until 2010-11-08 00:00", "rank 2 of 2"), (town.Window("A"), town.Window("B"), town.Window("C")));

        // 02:31 UTC is 23:01 again, of 6 November.
        town.At("2010-11-07T02:31:00Z");
        Assert.Equal(("rank 1 of 2, lapse-limit until 2010-11-07 00:00", "rank 1 of 2", "rank 2 of 2"), (town.Window("A"), town.Window("B"), town.Window("C")));
        var bytes = Bytes.Of(town.QueueNamed(queue));
        var reader = new ByteReader(bytes);
        var readBack = QueueSnapshot.Read(ref reader, town.QueueNamed(queue).Key, town.Now);
        Assert.Equal(bytes, Bytes.Of(readBack));

        // 03:30 UTC is the second midnight.
        town.At("2010-11-07T03:30:00Z");
        Assert.Equal(("rank 1 of 2", "rank 2 of 2, lapse-limit until 2010-11-08 00:00", "rank 2 of 2"), (town.Window("A"), town.Window("B"), town.Window("C")));
        readBack.Settle(town.Now, happened: null);
        Assert.Equal(2, readBack.WindowOf("C", town.Now)!.Rank);
        Assert.Null(QueueAudit.FirstContradiction(readBack));

        void ReservesAndDrops(string application, string at)
        {
            Assert.StartsWith($"of {application} until", town.At(at).Reserves(application, $"of {application}"), StringComparison.Ordinal);
            Assert.StartsWith("place from", town.Drops(application), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Two_towns_settle_by_their_own_clocks()
    {
        var town = new Town(start: "2024-03-20 09:00").Beside("oral", "Africa/Cairo");
        town.Frees("s1");
        town.Frees("o1", "oral-kg", "oral/general/2022");
        Assert.StartsWith("available", town.At("2024-03-21T02:00:00Z").Place("s1"), StringComparison.Ordinal);
        Assert.StartsWith("locked", town.At("2024-03-21T04:59:59.999Z").Place("o1", "oral/general/2022"), StringComparison.Ordinal);
        Assert.StartsWith("available", town.At("2024-03-21T05:00:00Z").Place("o1", "oral/general/2022"), StringComparison.Ordinal);
    }
}

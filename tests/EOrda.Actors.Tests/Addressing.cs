using EOrda.Actors.Tests.Support;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;

namespace EOrda.Actors.Tests;

/// <summary>A command goes to the application's own queue, or nowhere (docs/security.md, attack 2).</summary>
public sealed class Addressing
{
    /// <summary>Every command about one application or place.</summary>
    public static TheoryData<string> Commands => [.. Named.Keys];

    private static readonly Dictionary<string, Command> Named = new()
    {
        ["reserve a place of its own queue"] = City.Reserving("a1", "p1"),
        ["reserve a place of the queue asked"] = City.Reserving("a1", "q1"),
        ["reserve a place of nobody"] = City.Reserving("a1", "nowhere"),
        ["reserve at a kindergarten"] = City.Reserving("a1"),
        ["confirm"] = new Confirm("a1"),
        ["confirm of a batch"] = new Confirm("t1"),
        ["drop of a batch"] = new Drop("t1"),
        ["cancel"] = new Cancel("a1"),
        ["extend"] = new Extend("a1", 3),
        ["withdraw"] = new Withdraw("a1"),
        ["prolong"] = new Prolong("a1"),
        ["category"] = new ChangeCategory("a1", Category.FirstPriority),
        ["review"] = new Review("a1", Approve: true),
        ["verify"] = new Verify("a1", Approve: true),
        ["enrol"] = new Enrol("a1"),
        ["refuse"] = new Refuse("a1"),
        ["leave"] = new Leave("a1"),
        ["a batch"] = new ReserveBatch(["t1", "t2"], "kg"),
        ["revoke"] = new RevokePlace("p1"),
        ["of nobody"] = new Confirm("nobody"),
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void Asked_of_a_queue_that_the_application_is_not_in_it_is_refused_and_nobody_records_it(string named)
    {
        var (city, command) = (Town(), Named[named]);
        var (own, other, before) = (city.Bytes(), city.Bytes(City.Other), Records(city));
        var key = city.NextKey();
        var expected = command is RevokePlace ? Reason.UnknownPlace : Reason.UnknownApplication;
        Assert.Equal(expected, Assert.IsType<Refusal>(city.Do(command, key, City.Other)).Reason);
        Assert.Equal(before, Records(city));
        Assert.Equal(own, city.Bytes());
        Assert.Equal(other, city.Bytes(City.Other));

        // The key is still free.
        Assert.IsType<ValidUntil>(city.Do(new Prolong("b1"), key, City.Other));
        city.Audit();
    }

    [Fact]
    public void A_key_that_was_decided_is_not_decided_again_by_way_of_another_queue()
    {
        var city = Town();
        var key = city.NextKey();
        var won = Assert.IsType<PlacesReserved>(city.Do(City.Reserving("a1", "p3"), key, City.Queue));
        var before = Records(city);
        Assert.Equal(Reason.UnknownApplication, Assert.IsType<Refusal>(city.Do(City.Reserving("a1", "p3"), key, City.Other)).Reason);
        Assert.Equal(won.Until, Assert.IsType<PlacesReserved>(city.Do(City.Reserving("a1", "p3"), key, City.Queue)).Until);
        Assert.Equal(before, Records(city));
    }

    [Fact]
    public void A_batch_with_a_sibling_that_nobody_knows_is_recorded_nowhere()
    {
        var city = Town();
        var before = Records(city);
        Assert.Equal(Reason.UnknownApplication, Assert.IsType<Refusal>(city.Do(new ReserveBatch(["a1", "nobody"], "kg"), queue: City.Queue)).Reason);
        Assert.Equal(before, Records(city));
    }

    [Fact]
    public void The_keys_of_a_queue_are_not_filled_by_applications_of_another()
    {
        var city = new City(options: new NodeOptions { KeysKept = 4 }).Filed("a1").FiledIn(City.Other, "b1");
        for (var i = 0; i < 10; i++)
        {
            Assert.IsType<Refusal>(city.Do(new Confirm("a1"), queue: City.Other));
        }

        Assert.Equal(Reason.NoReservation, Assert.IsType<Refusal>(city.Do(new Confirm("b1"), queue: City.Other)).Reason);
    }

    // Both queues have applications and places; t1 and t2 hold places together.
    private static City Town()
    {
        var city = new City().Freed("p1", "p2", "p3").FreedIn(City.Other, "q1").Filed("a1", "a2").FiledIn(City.Other, "b1");
        foreach (var twin in (string[])["t1", "t2"])
        {
            Assert.IsType<Standing>(city.Do(City.Filing(twin, parent: "parent of twins")));
        }

        city.At("2026-06-06 07:00");
        Assert.IsType<PlacesReserved>(city.Do(new ReserveBatch(["t1", "t2"], "kg"), queue: City.Queue));
        return city;
    }

    // What came due while a queue was at rest is recorded by a look at it, and no longer counts as the command's.
    private static long Records(City city)
    {
        city.Bytes();
        city.Bytes(City.Other);
        return city.Disk.Entities.Sum(city.Disk.LastSequence);
    }
}

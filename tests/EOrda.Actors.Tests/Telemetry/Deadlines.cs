using EOrda.Actors.Telemetry;
using EOrda.Actors.Tests.Support;
using EOrda.Queues;
using EOrda.Queues.Rules;
using NodaTime;

namespace EOrda.Actors.Tests.Telemetry;

/// <summary>Deadlines that reach a year of which the calendar names no date: here 2026, the year in which the city lives.</summary>
public sealed class Deadlines
{
    private const string Line = "almaty: a deadline reaches 2026, of which the calendar names no date";

    [Fact]
    public void Each_that_a_command_or_a_due_fixed_is_counted_and_the_localitys_year_is_logged_once()
    {
        var city = Ignorant().InTheMorning(2, 2);
        using var readings = new Readings(city.Node);
        city.Do(City.Reserving("a1", "p1"));
        Assert.Equal(2, Reached(readings));
        city.Do(new Confirm("a1"));
        Assert.Equal(3, Reached(readings));
        Assert.Equal(1, city.Log.Count(Line));
        city.FiledIn(City.Elsewhere, "b1").FreedIn(City.Elsewhere, "o1").At("2026-06-03 12:00");
        Assert.Equal("available", city.Place("o1", City.Elsewhere));
        Assert.Equal((3, 0), (Reached(readings), readings.Now("eorda.calendar.reached oral 2026")));
    }

    [Fact]
    public void Those_of_a_joint_turn_are_counted()
    {
        var city = Ignorant();
        city.Do(City.Filing("a1", parent: "parent"));
        city.Do(City.Filing("a2", parent: "parent"));
        city.Freed("p1", "p2").At("2026-06-02 07:00");
        Assert.IsType<PlacesReserved>(city.Do(new ReserveBatch(["a1", "a2"], "kg")));
        using var readings = new Readings(city.Node);
        Assert.Equal(2, Reached(readings));
        Assert.IsType<ReferralsGiven>(city.Do(new Confirm("a1")));
        Assert.Equal(4, Reached(readings));
    }

    [Fact]
    public void What_was_due_before_the_calendar_was_amended_was_counted_by_the_old_one()
    {
        var city = Ignorant().Filed("a1").Freed("p1").At("2026-06-02 08:00");
        city.Virtual.StopAndStart();
        using var readings = new Readings(city.Node);
        city.At("2026-06-03 08:00");
        Assert.IsType<Done>(city.Do(new AmendRules("almaty", new RulesDraft { Holidays = ["2025-12-16", "2026-12-16"] })));
        Assert.Equal(0, Reached(readings));
        Assert.Equal("available", city.Freed("p2").Place("p1"));
        Assert.Equal("available", city.At("2026-06-04 12:00").Place("p2"));
        Assert.Equal(1, Reached(readings));
    }

    [Fact]
    public void A_claim_is_looked_at_without_allocating()
    {
        var city = Ignorant().Filed("a1");
        var duty = city.Node.EntityNamed($"queue/{City.Queue}").Duty!;
        var rules = city.Look(queue => queue.Rules);
        QueueEvent[] ofClaims = [new PlaceHeld(0, 0, city.Now, InPriority: true, Batch: null), new ReservationEnded(0, city.Now, new LocalDate(2026, 6, 2))];
        Look(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Look(10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Look(int times)
        {
            for (var i = 0; i < times; i++)
            {
                duty.LookAtDeadline(rules, ofClaims[i % ofClaims.Length]);
            }
        }
    }

    [Fact]
    public void Beyond_the_bound_they_are_counted_together_and_not_logged()
    {
        var counts = new DeadlineCounts(most: 2);
        Assert.Equal([true, true, false, false, false], new[] { ("a", 2027), ("b", 2027), ("b", 2028), ("b", 2028), ("a", 2027) }.Select(one => counts.Add(one.Item1, one.Item2)));
        var told = counts.Read().Select(one => $"{string.Join(' ', one.Tags.ToArray().Select(tag => tag.Value))} {one.Value}".Trim());
        Assert.Equal(["2", "a 2027 2", "b 2027 1"], told.Order(StringComparer.Ordinal));
    }

    private static double Reached(Readings readings) => readings.Now("eorda.calendar.reached almaty 2026");

    private static City Ignorant() => new(rules: rules => rules.Holidays = ["2025-12-16"]);
}

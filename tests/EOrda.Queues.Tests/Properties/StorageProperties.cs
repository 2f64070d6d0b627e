using EOrda.Queues.Places;
using EOrda.Queues.Storage;
using EOrda.Queues.Time;

namespace EOrda.Queues.Tests.Properties;

/// <summary>The tables under the rules against dictionaries and lists.</summary>
public sealed class StorageProperties
{
    [Fact]
    public void A_name_table_numbers_names_as_a_dictionary_does() => Steps.ForAll(60, 400, steps =>
    {
        var table = new NameTable();
        var names = new Dictionary<string, int>();
        foreach (var step in steps)
        {
            var name = NameOf(new Dice(step));
            Assert.Equal(names.GetValueOrDefault(name, -1), table.Find(name));
            names.TryAdd(name, names.Count);
            Assert.Equal(names[name], table.Intern(name));
        }

        Assert.Equal(names.Count, table.Count);
        foreach (var (name, number) in names)
        {
            Assert.Equal(number, table.Find(name));
            Assert.Equal(name, table[number]);
            Assert.Equal(System.Text.Encoding.UTF8.GetBytes(name), table.Bytes(number).ToArray());
        }
    });

    [Fact]
    public void A_name_table_keeps_names_over_many_pages()
    {
        var table = new NameTable();
        for (var i = 0; i < 20_000; i++)
        {
            Assert.Equal(i, table.Intern($"application {i}"));
        }

        for (var i = 0; i < 20_000; i++)
        {
            Assert.Equal(i, table.Find($"application {i}"));
            Assert.Equal($"application {i}", table[i]);
        }
    }

    [Fact]
    public void A_name_has_at_most_4096_bytes_of_well_formed_text()
    {
        var table = new NameTable();
        var longest = new string('x', 4096);
        Assert.Equal(0, table.Intern(longest));
        Assert.Equal(longest, table[0]);
        Assert.Throws<ArgumentException>(() => table.Intern(new string('x', 4097)));
        Assert.Throws<ArgumentException>(() => table.Intern("\ud800"));
        Assert.Equal(-1, table.Find(new string('x', 4097)));
        Assert.Equal(-1, table.Find("\ud800"));
        Assert.Equal(1, table.Intern(""));
        Assert.Equal(2, table.Intern("\0"));
        Assert.Equal(3, table.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(10_000)]
    public void A_paged_list_holds_what_a_list_holds(int count)
    {
        var paged = new Paged<long>();
        for (var i = 0; i < count; i++)
        {
            Assert.Equal(i, paged.Add(i * 3L));
        }

        Assert.Equal(count, paged.Count);
        for (var i = 0; i < count; i += 2)
        {
            paged[i]++;
        }

        for (var i = 0; i < count; i++)
        {
            Assert.Equal(i * 3L + (i % 2 == 0 ? 1 : 0), paged[i]);
        }
    }

    [Fact]
    public void Free_places_are_counted_and_picked_as_from_a_list() => Steps.ForAll(60, 200, steps =>
    {
        var free = new FreePlaces();
        var tally = new PriorityTally();
        var places = new List<(int Place, int NumberThere, Moment PriorityEnd)>();
        var taken = new List<(int Place, int NumberThere)>();
        var next = 0;
        foreach (var step in steps)
        {
            var dice = new Dice(step);
            for (var unavailable = dice.Chance(5) ? 3_000 : 0; unavailable > 0; unavailable--)
            {
                free.Register(next++);
            }

            if (dice.Chance(60) || places.Count == 0)
            {
                // Between the kindergarten's places others' were registered; some of its own return.
                var index = dice.Below(taken.Count + 1);
                var (number, there) = index < taken.Count ? taken[index] : (next, free.Register(next));
                next += 1 + dice.Below(50);
                taken.Remove((number, there));
                var place = (Place: number, NumberThere: there, PriorityEnd: new Moment(dice.Below(5)));
                places.Add(place);
                free.Add(place.NumberThere, place.PriorityEnd);
                tally.Change(place.PriorityEnd, 1);
            }
            else
            {
                var index = dice.Below(places.Count);
                free.Remove(places[index].NumberThere, places[index].PriorityEnd);
                taken.Add((places[index].Place, places[index].NumberThere));
                tally.Change(places[index].PriorityEnd, -1);
                places.RemoveAt(index);
            }

            for (var at = new Moment(-1); at.UnixMilliseconds < 6; at = new Moment(at.UnixMilliseconds + 1))
            {
                var priority = places.Where(place => at < place.PriorityEnd).Select(place => (int?)place.Place).Order().ToList();
                var open = places.Where(place => at >= place.PriorityEnd).Select(place => (int?)place.Place).Order().ToList();
                Assert.Equal((places.Count, priority.Count, open.Count), (free.Count, free.PriorityCount(at), free.OpenCount(at)));
                Assert.Equal(priority.Count, tally.At(at));
                Assert.Equal(priority.Concat(open).FirstOrDefault(), free.Pick(at, inWindow: true));
                Assert.Equal(open.FirstOrDefault(), free.Pick(at, inWindow: false));
            }
        }
    });

    private static string NameOf(Dice dice) => dice.Below(4) switch
    {
        0 => $"{dice.Below(50)}",
        1 => new string((char)('a' + dice.Below(3)), dice.Below(300)),
        2 => $"бала-{dice.Below(20)}-😀",
        _ => $"APP-2026-{dice.Below(1_000):D6}",
    };
}

using EOrda.Actors.Answers;
using EOrda.Actors.Entities;
using EOrda.Actors.Journal;
using EOrda.Actors.Tests.Support;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Recording;
using EOrda.Queues.Rules;

namespace EOrda.Actors.Tests;

/// <summary>What the registers record of a turn: what lasts, and of a child no more than that.</summary>
public sealed class RecordsOfRegisters
{
    [Fact]
    public void A_filing_that_was_refused_leaves_nothing()
    {
        var city = new City().Filed("a1");
        var before = EventsOf(city);
        Assert.Equal(Refusal.For(Reason.DuplicateApplication), city.Do(City.Filing("a1", child: "another")));
        Assert.Equal(Refusal.For(Reason.AlreadyQueued), city.Do(City.Filing("a2", child: "child of a1")));
        Assert.Equal(Refusal.For(Reason.WrongCohort), city.Do(City.Filing("a3") with { Born = new(2021, 3, 1) }));
        Assert.Equal(before, EventsOf(city));
        Check(city, applications: 1, places: 0);
    }

    [Fact]
    public void A_filing_records_its_application_and_its_child_and_a_report_its_place()
    {
        var city = new City().Filed("a1").Freed("p1");
        Assert.Equal([nameof(ApplicationRegistered), nameof(ChildFiled), nameof(PlaceRegistered)], EventsOf(city).Select(e => e.GetType().Name).Order());
        Check(city, applications: 1, places: 1);
    }

    [Fact]
    public void Where_child_and_application_are_of_one_register_it_is_the_same()
    {
        var city = new City();
        Assert.IsType<Standing>(city.Do(City.Filing("a1", child: "a1")));
        Assert.Equal(Refusal.For(Reason.WrongCohort), city.Do(City.Filing("a2", child: "a2") with { Born = new(2021, 3, 1) }));
        Assert.Equal([nameof(ApplicationRegistered), nameof(ChildFiled)], EventsOf(city).Select(e => e.GetType().Name).Order());
        Check(city, applications: 1, places: 0);
    }

    // What was rebuilt from the records says what the memory said: the identifiers that were refused can be used, those that are known cannot.
    private static void Check(City city, long applications, long places)
    {
        var audited = city.Audit();
        Assert.Equal((applications, places), (audited.Applications, audited.Places));
        city.Crash();
        Assert.Equal(Refusal.For(Reason.DuplicateApplication), city.Do(City.Filing("a1", child: "yet another")));
        Assert.IsType<Standing>(city.Do(City.Filing("a2")));
        Assert.IsType<Standing>(city.Do(City.Filing("a3")));
        city.Audit();
    }

    private static List<RegisterEvent> EventsOf(City city)
    {
        var events = new List<RegisterEvent>();
        foreach (var entity in city.Disk.Entities.Where(EntityNames.IsRegister))
        {
            using var reader = new RecordReader(city.Disk.Reader(), entity, 0, RecordFormat.FirstHash(entity));
            foreach (var content in reader.Contents())
            {
                AddEvents(events, content);
            }
        }

        return events;
    }

    private static void AddEvents(List<RegisterEvent> events, ReadOnlyMemory<byte> content)
    {
        var from = new ByteReader(content.Span);
        from.Byte();
        from.Moment();
        if (from.Flag())
        {
            RecordedCommand.ReadKey(ref from);
            AnswerFormat.Read(ref from);
        }

        while (!from.AtEnd)
        {
            events.Add(EventFormat.ReadRegisterEvent(ref from));
        }
    }
}

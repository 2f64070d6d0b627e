using EOrda.Actors.Queries;
using EOrda.Actors.Tests.Support;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Actors.Tests.Queries;

/// <summary>What a node replies to queries, and what its directory says.</summary>
public sealed class Asking
{
    [Fact]
    public void Pages_put_together_are_the_whole_and_behind_the_last_there_is_nothing()
    {
        var city = new City().InTheMorning(5, 4);
        Assert.Equal(["a1", "a2", "a3", "a4", "a5"], ((int[])[1, 3, 5, 7]).SelectMany(from => Ask(city, new OrderQuery(from, 2)).Applications));
        Assert.Equal(["p1", "p2", "p3", "p4"], ((int[])[0, 3, 6]).SelectMany(from => Ask(city, new PlacesQuery(from, 3)).Places).Select(place => place.Place));
        Assert.Equal((5, 4), (Ask(city, new OrderQuery(int.MaxValue, 1)).Waiting, Ask(city, new PlacesQuery(int.MaxValue, 1)).Total));
        Assert.Equal(city.Look(queue => queue.PlacesAt(city.Now).ToList()), Ask(city, new PlacesQuery(0, PageSize.Most)).Places);
    }

    [Fact]
    public void A_queue_that_nobody_filed_or_freed_in_replies_as_an_empty_one()
    {
        var city = new City();
        Assert.Equal(new QueueSize(city.Now, 0, 0), Ask(city, new SizeQuery()));
        Assert.Equal(0, Ask(city, new SummaryQuery()).Window);
        Assert.Null(Ask(city, new ApplicationQuery("a1", changes: 0)).Found);
        Assert.Empty(Ask(city, new SnapshotQuery()).Places);
        Assert.False(city.Virtual.Wait(city.Node.Knows(City.Queue)));
    }

    [Fact]
    public Task A_queue_of_a_locality_that_is_not_known_has_no_replies() =>
        Assert.ThrowsAsync<ArgumentException>(() => new City().Node.Query(new QueueKey("nowhere", Kind.General, "2022"), new SizeQuery()).AsTask());

    [Fact]
    public void A_family_hears_where_it_stands_and_what_keeps_it_from_a_place()
    {
        var city = new City().InTheMorning(3, 1);
        city.Do(City.Reserving("a1", "p1"));
        var (holding, waiting) = (Ask(city, new ApplicationQuery("a1", changes: 0)).Found!, Ask(city, new ApplicationQuery("a3", changes: 0)).Found!);
        Assert.Equal(("p1", Reason.AlreadyHolding, city.Now.PlusMinutes(10)), (holding.State.Place, holding.Window!.Refusal!.Reason, holding.Window.Refusal.Until));
        Assert.Equal((3, 3, Category.General), (waiting.State.Position, waiting.Waiting.Total, waiting.Lanes!.Lane));
        Assert.Equal(["a1", null], Ask(city, new StatesQuery("a1", "nobody")).States.Select(state => state?.Application));
    }

    [Fact]
    public void What_the_disk_then_refused_is_in_no_reply()
    {
        var city = new City(options: new NodeOptions { MessagesWorthARun = 1 }).Filed("a1");
        city.FillDisk();
        var withdrawn = city.Ask(new Withdraw("a1"), queue: City.Queue);
        var reply = city.Node.Query(City.Queue, new SizeQuery()).AsTask();
        city.Run();
        Assert.Equal(("NotRecordedException", "NotRecordedException"), (Outcomes.Of(withdrawn), Outcomes.Of(reply)));
    }

    [Fact]
    public void The_directory_promises_nothing_beyond_now()
    {
        var city = new City();
        Assert.Equal(city.Now, Directory(city).Horizon);
        city.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(city.Now, Directory(city).Horizon);
    }

    [Fact]
    public void The_rules_of_an_instant_are_the_last_that_are_in_force_then()
    {
        Assert.True(new RulesDraft { TimeZone = "Asia/Almaty" }.TryBuild(out var first, out _));
        Assert.True(new RulesDraft { TimeZone = "Asia/Almaty", ReservationMinutes = 9 }.TryBuild(out var second, out _));
        var directory = new CountryDirectory(
            new Dictionary<string, IReadOnlyList<RulesInForce>> { ["almaty"] = [new(new Moment(10), first), new(new Moment(20), second)] },
            new Dictionary<string, Kindergarten>(),
            new Moment(20));
        Assert.Equal([10, 10, 10, 9, 9], ((int[])[0, 10, 19, 20, 21]).Select(at => directory.RulesOf("almaty", new Moment(at))!.ReservationMinutes));
        Assert.Null(directory.RulesOf("oral", new Moment(20)));
    }

    private static T Ask<T>(City city, QueueQuery<T> query)
        where T : class => city.Virtual.Wait(city.Node.Query(City.Queue, query));

    private static CountryDirectory Directory(City city) => city.Virtual.Wait(city.Node.Directory());
}

using EOrda.Actors.Journal;
using EOrda.Actors.Tests.Support;
using EOrda.Queues;

namespace EOrda.Actors.Tests;

/// <summary>Commands over several entities, with a crash before and after each transaction that they write: all of it or nothing.</summary>
public sealed class Crashes
{
    private static readonly Dictionary<string, (Action<City> Prepare, Command[] Commands, int Successes)> Scenes = new(StringComparer.Ordinal)
    {
        ["a child filed in two queues at once"] = (
            _ => { }, [City.Filing("a1", child: "c"), City.Filing("b1", City.Elsewhere, child: "c")], 1),
        ["a child filed in one queue twice at once"] = (
            _ => { }, [City.Filing("a1", child: "c"), City.Filing("a2", child: "c")], 1),
        ["an application of one name filed in two queues at once"] = (
            _ => { }, [City.Filing("a1"), City.Filing("a1", City.Elsewhere, child: "another")], 1),
        ["a place freed in two queues at once"] = (
            _ => { }, [City.Freeing("p1"), City.Freeing("p1", City.Elsewhere)], 1),
        ["a filing after a withdrawal elsewhere"] = (
            city =>
            {
                city.Do(City.Filing("b1", City.Elsewhere, child: "c"));
                city.Do(new Withdraw("b1"));
            },
            [City.Filing("a1", child: "c")],
            1),
        ["an enrolment that leaves a place in another queue"] = (EnrolElsewhere, [new Enrol("a2")], 1),
        ["twins reserving in two queues"] = (Twins, [new ReserveBatch(["t1", "t2"], "kg")], 1),
        ["twins confirming in two queues"] = (TwinsHolding, [new Confirm("t2")], 1),
        ["twins dropping in two queues"] = (TwinsHolding, [new Drop("t2")], 1),
        ["rules amended"] = (_ => { }, [new AmendRules("almaty", new EOrda.Queues.Rules.RulesDraft { ReservationMinutes = 9 })], 1),
    };

    public static TheoryData<string> Names => [.. Scenes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void All_of_it_or_nothing_whenever_the_process_dies(string scene)
    {
        foreach (var after in new[] { false, true })
        {
            for (var seed = 0; seed < 5; seed++)
            {
                var transaction = 1;
                while (DiesAt(transaction, after, seed, scene))
                {
                    transaction++;
                }

                Assert.True(transaction > 1, "It wrote nothing.");
            }
        }
    }

    [Fact]
    public void A_childs_slot_never_leaks()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var city = new City(seed);
            for (var round = 0; round < 6; round++)
            {
                DieAt(city, 1 + (round % 2), after: round % 3 == 0);
                var (one, other) = (City.Filing($"a{round}", child: "c"), City.Filing($"b{round}", City.Elsewhere, child: "c"));
                _ = city.Ask(one);
                _ = city.Ask(other);
                city.Run().Crash();
                city.Disk.BeforeWrite = city.Disk.AfterWrite = null;
                var standing = new[] { one, other }.Where(filing => city.Do(filing) is Standing).ToList();
                var active = new[] { $"a{round}", $"b{round}" }.Where(name => city.Do(new Prolong(name)) is ValidUntil).ToList();
                Assert.Single(active);
                Assert.InRange(standing.Count, 0, 1);
                Assert.IsType<Done>(city.Do(new Withdraw(active[0])));
                city.Audit();
            }
        }
    }

    private static bool DiesAt(int transaction, bool after, int seed, string scene)
    {
        var (prepare, commands, successes) = Scenes[scene];
        var city = new City(seed);
        prepare(city);
        var hasDied = DieAt(city, transaction, after);
        var asked = commands.Select(command => (Command: command, Key: city.NextKey())).ToList();
        var tasks = asked.Select(one => city.Ask(one.Command, one.Key)).ToList();
        city.Run();
        var died = hasDied();
        city.Disk.BeforeWrite = city.Disk.AfterWrite = null;
        city.Crash();
        city.Audit();

        // What was told stays; what was not is told now, and then stays too.
        var answers = asked.Select(one => AnswerText.Of(city.Do(one.Command, one.Key))).ToList();
        foreach (var (task, answer) in tasks.Zip(answers).Where(pair => pair.First.IsCompletedSuccessfully))
        {
            Assert.Equal(AnswerText.Of(city.Virtual.Wait(new ValueTask<Answer>(task))), answer);
        }

        city.Audit();
        city.Crash();
        Assert.Equal(answers, asked.Select(one => AnswerText.Of(city.Do(one.Command, one.Key))));
        Assert.Equal(successes, asked.Count(one => city.Do(one.Command, one.Key) is not Refusal));
        return died;
    }

    private static Func<bool> DieAt(City city, int transaction, bool after)
    {
        var written = 0;
        void Count(IReadOnlyList<JournalPage> pages)
        {
            if (++written == transaction)
            {
                city.Virtual.Die();
            }
        }

        if (after)
        {
            city.Disk.AfterWrite = Count;
        }
        else
        {
            city.Disk.BeforeWrite = Count;
        }

        return () => written >= transaction;
    }

    private static void EnrolElsewhere(City city)
    {
        city.Do(City.Filing("a1", child: "c"));
        city.FreedIn(City.Queue, "p1").FreedIn(City.Elsewhere, "q1").At("2026-06-02 08:00");
        foreach (var command in new Command[] { City.Reserving("a1", "p1"), new Confirm("a1"), new Enrol("a1") })
        {
            Assert.IsNotType<Refusal>(city.Do(command));
        }

        foreach (var command in new Command[] { City.Filing("a2", City.Elsewhere, child: "c"), City.Reserving("a2", "q1"), new Confirm("a2") })
        {
            Assert.IsNotType<Refusal>(city.Do(command));
        }
    }

    private static void Twins(City city)
    {
        city.Do(City.Filing("t1", City.Other, parent: "mother", born: "12-31"));
        city.Do(City.Filing("t2", City.Queue, parent: "mother", born: "01-01"));
        city.FreedIn(City.Other, "p1").FreedIn(City.Queue, "p2").At("2026-06-02 08:00");
    }

    private static void TwinsHolding(City city)
    {
        Twins(city);
        Assert.IsType<PlacesReserved>(city.Do(new ReserveBatch(["t1", "t2"], "kg")));
    }
}

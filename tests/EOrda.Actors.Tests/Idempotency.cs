using EOrda.Actors.Tests.Support;
using EOrda.Queues;

namespace EOrda.Actors.Tests;

public sealed class Idempotency
{
    /// <summary>What may lie between a command and its repetition.</summary>
    public static TheoryData<string> Between => ["nothing", "a crash", "a stop", "a rest and its snapshot", "a rest and a crash"];

    [Theory]
    [MemberData(nameof(Between))]
    public void The_same_key_gets_the_first_answer_win_or_refusal(string between)
    {
        var city = new City().InTheMorning(2, 1);
        (Command Command, CommandKey Key, string Answer)[] told =
        [
            .. new Command[]
            {
                City.Filing("a3"),
                City.Filing("a3"),
                City.Freeing("p2"),
                City.Freeing("p2"),
                City.Reserving("a1", "p1"),
                City.Reserving("a2", "p1"),
                City.Reserving("a1", "p1"),
                new Confirm("a1"),
                new Confirm("a1"),
                new Enrol("a1"),
                new AmendRules("almaty", new EOrda.Queues.Rules.RulesDraft { ReservationMinutes = 9 }),
                new CleanUp("almaty"),
            }.Select(command => (command, city.NextKey())).Select(asked => (asked.command, asked.Item2, AnswerText.Of(city.Do(asked.command, asked.Item2)))),
        ];
        switch (between)
        {
            case "a crash":
                city.Crash();
                break;
            case "a stop":
                city.Virtual.StopAndStart();
                break;
            case "a rest and its snapshot":
                city.Pass(TimeSpan.FromMinutes(20));
                Assert.NotNull(city.Disk.SnapshotOf("queue/almaty/general/2022"));
                break;
            case "a rest and a crash":
                city.Pass(TimeSpan.FromMinutes(20)).Crash();
                break;
        }

        var before = city.Bytes();
        Assert.All(told, one => Assert.Equal(one.Answer, AnswerText.Of(city.Do(one.Command, one.Key))));
        Assert.Equal(before, city.Bytes());
        Assert.All(told.Where(one => one.Command is Reserve or Confirm), one => Assert.Throws<KeyReusedException>(() => city.Do(new Withdraw("a1"), one.Key)));
        city.Audit();
    }

    [Fact]
    public void Sent_several_times_at_once_it_is_decided_once()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var city = new City(seed, new NodeOptions { MessagesPerRun = 2 }).InTheMorning(2, 2);
            foreach (var command in new Command[] { City.Reserving("a1"), City.Filing("a3"), City.Freeing("p3"), new ReserveBatch(["a2"], "kg") })
            {
                var key = city.NextKey();
                var sent = Enumerable.Range(0, 5).Select(_ => city.Ask(command, key)).ToList();
                city.Run();
                Assert.Equal("ok ×5", Outcomes.Of(sent));
                Assert.IsNotType<Refusal>(city.Do(command, key));
                Assert.Single(sent.Select(answer => AnswerText.Of(city.Virtual.Wait(new ValueTask<Answer>(answer)))).Distinct());
            }

            city.Audit();
        }
    }

    [Fact]
    public void A_duplicate_is_not_answered_before_the_first_is_on_disk()
    {
        var city = new City(options: new NodeOptions { MessagesPerRun = 1 }).Filed("a1");
        var key = city.NextKey();
        var repair = city.FillDisk();
        var sent = Enumerable.Range(0, 5).Select(_ => city.Ask(new Withdraw("a1"), key, City.Queue)).ToList();
        city.Run();
        Assert.Equal("NotRecordedException ×5", Outcomes.Of(sent));
        repair();
        city.Pass(TimeSpan.FromSeconds(1));
        Assert.IsType<Done>(city.Do(new Withdraw("a1"), key));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_key_is_forgotten_after_a_day(bool crash)
    {
        var city = new City().Filed("a1");
        var key = city.NextKey();
        Assert.IsType<Done>(city.Do(new Withdraw("a1"), key));
        city.Pass(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(1));
        if (crash)
        {
            city.Crash();
        }

        Assert.IsType<Done>(city.Do(new Withdraw("a1"), key));
        city.Pass(TimeSpan.FromMinutes(1));
        Assert.IsType<Refusal>(city.Do(new Withdraw("a1"), key));
    }

    [Fact]
    public void So_many_keys_are_kept_and_then_new_ones_wait_until_old_ones_expire()
    {
        var city = new City(options: new NodeOptions { KeysKept = 4 }).Filed("a1");
        var keys = Enumerable.Range(0, 4).Select(_ => city.NextKey()).ToList();
        Assert.All(keys, key => Assert.IsType<ValidUntil>(city.Do(new Prolong("a1"), key, City.Queue)));
        Assert.Throws<BusyException>(() => city.Do(new Prolong("a1"), queue: City.Queue));
        Assert.All(keys, key => Assert.IsType<ValidUntil>(city.Do(new Prolong("a1"), key, City.Queue)));
        city.Pass(TimeSpan.FromHours(24));
        Assert.IsType<ValidUntil>(city.Do(new Prolong("a1"), queue: City.Queue));
    }
}

using EOrda.Actors.Journal;
using EOrda.Actors.Tests.Support;
using EOrda.Queues;

namespace EOrda.Actors.Tests;

public sealed class GroupCommits
{
    [Fact]
    public void Nothing_is_answered_or_told_before_the_disk_has_it()
    {
        var city = new City().InTheMorning(4, 2);
        var watcher = new Watcher(city);
        var asked = new List<Task<Answer>>();
        city.Disk.AfterWrite = _ =>
        {
            while (city.Scheduler.RunOne())
            {
            }

            Assert.Equal($"open ×{asked.Count}", Outcomes.Of(asked));
            Assert.Empty(watcher.Updates);
        };
        asked.Add(city.Ask(City.Reserving("a1", "p1"), queue: City.Queue));
        asked.Add(city.Ask(City.Reserving("a1", "p1"), queue: City.Queue));
        city.Run();
        Assert.Equal("ok ×2", Outcomes.Of(asked));
    }

    [Fact]
    public void What_is_decided_while_a_transaction_is_written_goes_into_the_next()
    {
        var city = new City(options: new NodeOptions { MessagesPerRun = 2 }).Filed("a1").FiledIn(City.Other, "b1");
        var written = new List<string>();
        var asked = new List<Task<Answer>>();
        city.Disk.BeforeWrite = pages =>
        {
            written.Add(string.Join(' ', pages.OrderBy(page => page.Entity, StringComparer.Ordinal).Select(page => $"{page.Entity[^4..]}:{page.Count}")));
            if (written.Count == 1)
            {
                for (var i = 0; i < 10; i++)
                {
                    asked.Add(city.Ask(new Prolong("a1"), queue: City.Queue));
                    asked.Add(city.Ask(new Prolong("b1"), queue: City.Other));
                }

                while (city.Scheduler.RunOne())
                {
                }
            }
        };
        asked.Add(city.Ask(new Prolong("a1"), queue: City.Queue));
        city.Run();
        Assert.Equal(["2022:1", "2021:10 2022:10"], written);
        Assert.Equal("ok ×21", Outcomes.Of(asked));
        city.Audit();
    }

    [Theory]
    [InlineData(20, "1 1 9")]
    [InlineData(3, "1 1 3 3 3")]
    [InlineData(1, "1 1 1 1 1 1 1 1 1 1 1")]
    public void Few_messages_wait_until_the_journal_has_begun_with_the_last_ones(int worthARun, string records)
    {
        var city = new City(options: new NodeOptions { MessagesWorthARun = worthARun, TransactionBytes = 1 }).Filed("a1");
        var written = new List<int>();
        var asked = new List<Task<Answer>>();
        city.Disk.BeforeWrite = pages =>
        {
            written.Add(pages.Sum(page => page.Count));
            for (var i = 0; i < 10 && asked.Count < 11; i++)
            {
                asked.Add(city.Ask(new Prolong("a1"), queue: City.Queue));
                while (city.Scheduler.RunOne())
                {
                }
            }
        };
        asked.Add(city.Ask(new Prolong("a1"), queue: City.Queue));
        city.Run();
        Assert.Equal(records, string.Join(' ', written));
        Assert.Equal("ok ×11", Outcomes.Of(asked));
    }

    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(3, 1, 0)]
    [InlineData(2, 0, 0)]
    public void After_a_transaction_of_many_commits_the_next_one_waits(int gatheringFrom, int milliseconds, int pauses)
    {
        var city = new City(options: new NodeOptions { GatheringFrom = gatheringFrom, GatheringTime = TimeSpan.FromMilliseconds(milliseconds) }).Filed("a1").FiledIn(City.Other, "b1");
        var before = city.Scheduler.JournalPauses;
        var asked = new List<Task<Answer>>();
        var writes = 0;
        city.Disk.BeforeWrite = _ =>
        {
            if (++writes == 1)
            {
                asked.Add(city.Ask(new Prolong("a1"), queue: City.Queue));
                asked.Add(city.Ask(new Prolong("b1"), queue: City.Other));
                while (city.Scheduler.RunOne())
                {
                }
            }
        };
        asked.Add(city.Ask(new Prolong("a1"), queue: City.Queue));
        city.Run();
        Assert.Equal(2, writes);
        Assert.Equal("ok ×3", Outcomes.Of(asked));
        Assert.Equal(pauses, city.Scheduler.JournalPauses - before);
    }

    [Fact]
    public void Records_of_an_entity_stand_in_order_and_are_chained()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var city = new City(seed, new NodeOptions { MessagesPerRun = 3 }).Filed("a1");
            SlowDisk(city, seed);
            var asked = Enumerable.Range(0, 100).Select(_ => city.Ask(new Prolong("a1"), queue: City.Queue)).ToList();
            city.Run();
            Assert.Equal("ok ×100", Outcomes.Of(asked));
            var next = 1L;
            foreach (var page in city.Disk.PagesOf("queue/almaty/general/2022"))
            {
                Assert.Equal(next, page.FirstSequence);
                next += page.Count;
            }

            // The rules, the filing and these.
            Assert.Equal(103, next);
            city.Audit();
        }
    }

    [Fact]
    public void A_snapshot_has_the_hash_of_its_own_record_also_when_later_ones_share_the_transaction()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var city = new City(seed, new NodeOptions { RecordsPerSnapshot = 1, MessagesPerRun = 1 }).Filed("a1", "a2", "a3", "a4");
            SlowDisk(city, seed);
            var asked = Enumerable.Range(0, 40).Select(i => city.Ask(new Prolong($"a{(i % 4) + 1}"), queue: City.Queue)).ToList();
            city.Run();
            Assert.Equal("ok ×40", Outcomes.Of(asked));
            Assert.True(city.Audit().Snapshots > 0);
            var state = city.Bytes();
            Assert.Equal(state, city.Crash().Bytes());
        }
    }

    [Fact]
    public void A_snapshot_is_written_in_a_lull_or_at_once_after_four_times_as_many_records()
    {
        var city = new City(options: new NodeOptions { RecordsPerSnapshot = 10 }).Filed("a1");
        for (var i = 0; i < 9; i++)
        {
            city.Do(new Prolong("a1"));
        }

        Assert.Null(city.Disk.SnapshotOf("queue/almaty/general/2022"));
        city.Pass(TimeSpan.FromMinutes(1.5));
        Assert.Equal(11, city.Disk.SnapshotOf("queue/almaty/general/2022")!.Sequence);
        for (var i = 0; i < 39; i++)
        {
            city.Do(new Prolong("a1"));
        }

        Assert.Equal(11, city.Disk.SnapshotOf("queue/almaty/general/2022")!.Sequence);
        city.Do(new Prolong("a1"));
        Assert.Equal(51, city.Disk.SnapshotOf("queue/almaty/general/2022")!.Sequence);
        city.Audit();
    }

    [Fact]
    public void A_snapshot_that_fails_harms_nothing()
    {
        var city = new City(options: new NodeOptions { RecordsPerSnapshot = 1 });
        city.Disk.BeforeSnapshot = _ => throw new JournalUnavailableException("The disk is full.");
        city.InTheMorning(3, 1);
        Assert.IsType<PlacesReserved>(city.Do(City.Reserving("a1", "p1")));
        Assert.True(city.Log.Count("was not stored") > 0);
        var state = city.Bytes();
        Assert.Equal(state, city.Crash().Bytes());
        city.Audit();
    }

    /// <summary>While a transaction is written others decide on, for a while that differs.</summary>
    private static void SlowDisk(City city, int seed)
    {
        var random = new Random(seed);
        city.Disk.BeforeWrite = _ =>
        {
            for (var left = random.Next(30); left > 0 && city.Scheduler.RunOne(); left--)
            {
            }
        };
    }
}

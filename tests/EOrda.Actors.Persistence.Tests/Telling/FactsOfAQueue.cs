using EOrda.Actors.Facts;
using EOrda.Actors.Hosting;
using EOrda.Actors.Journal;
using EOrda.Actors.Live;
using EOrda.Actors.Persistence.Tests.Watching;
using EOrda.Queues;
using EOrda.Queues.Recording;
using EOrda.Queues.Steps;

namespace EOrda.Actors.Persistence.Tests.Telling;

/// <summary>What a queue decided can be read from the journal by anyone, in order and whole.</summary>
public sealed class FactsOfAQueue : IDisposable
{
    private readonly TestDatabase database = new();
    private readonly FactsReader reader;

    public FactsOfAQueue() => reader = new FactsReader(database.Database, new ActorsBounds());

    [Fact]
    public async Task Facts_agree_with_what_was_asked_and_answered()
    {
        var asked = await AskMuch();
        var facts = (await Read(1, 1_000)).Facts;
        Assert.Equal(Enumerable.Range(1, facts.Count).Select(i => (long)i), facts.Select(fact => fact.Number));
        Assert.IsType<RulesAdopted>(facts[0].Events[0]);
        Assert.Equal(asked, facts.Select(fact => fact.Cause).OfType<DecidedCommand>().Select(decided => (decided.Command, Text(decided.Answer))));
        Assert.All(facts.Where(fact => fact.Cause is DecidedCommand { Answer: Refusal }), refused => Assert.Empty(refused.Events));
        Assert.Equal(facts.Select(fact => fact.At).Order(), facts.Select(fact => fact.At));
    }

    [Fact]
    public async Task The_facts_make_the_queue()
    {
        LiveSnapshot snapshot = null!;
        await AskMuch(async running => snapshot = await running.Snapshot());
        var queue = new Queue(WatchedQueue.Key);
        foreach (var fact in (await Read(1, 1_000)).Facts)
        {
            fact.Events.ToList().ForEach(happened => queue.Apply(new DatedEvent(fact.At, happened)));
        }

        Assert.Equal(snapshot.Counts, queue.Counts);
        Assert.Equal(snapshot.LatestChange, queue.LatestChange);
        Assert.Equal(snapshot.Places.Select(place => place.State), queue.PlacesAt(queue.Now).Select(place => place.State));
    }

    [Fact]
    public async Task A_reader_that_goes_on_where_it_stopped_gets_each_fact_once()
    {
        await AskMuch();
        var all = (await Read(1, 1_000)).Facts.Select(Text).ToList();
        for (var most = 1; most <= all.Count + 1; most++)
        {
            var got = new List<string>();
            for (QueueFacts page = await Read(1, most); page.Facts.Count > 0; page = await Read(page.Next, most))
            {
                Assert.InRange(page.Facts.Count, 1, most);
                got.AddRange(page.Facts.Select(Text));
            }

            Assert.Equal(all, got);
        }
    }

    [Fact]
    public async Task Behind_the_last_fact_and_in_an_empty_queue_there_are_none()
    {
        await AskMuch();
        var end = (await Read(1, 1_000)).Next;
        Assert.Equal(end + 5, (await Read(end + 5, 10)) is { Facts.Count: 0 } behind ? behind.Next : 0);
        Assert.Empty((await reader.Read(WatchedQueue.Elsewhere, 1, 10, CancellationToken.None)).Facts);
    }

    [Fact]
    public async Task A_step_of_a_process_is_a_fact()
    {
        var step = new TellWhetherActive(new CommandKey(77), WatchedQueue.Key, 0);
        await using (var queue = await WatchedQueue.Start(database: database.Database))
        {
            Assert.Equal(new Activity(IsActive: true), await queue.Take(step));
        }

        var taken = Assert.IsType<TakenStep>((await Read(1, 1_000)).Facts.Single(fact => fact.Cause is not null).Cause);
        Assert.Equal(step, taken.Step);
        Assert.Equal(new Activity(IsActive: true), taken.Reply);
    }

    [Theory]
    [InlineData("UPDATE journal SET message = @bytes WHERE sequence_number = 3")]
    [InlineData("DELETE FROM journal WHERE sequence_number = 3")]
    [InlineData("DELETE FROM journal WHERE sequence_number = 1")]
    [InlineData("UPDATE journal SET message = substr(message, 1, 40) WHERE sequence_number = 3")]
    [InlineData("UPDATE journal SET manifest = 'page-0' WHERE sequence_number = 3")]
    public async Task A_record_that_is_missing_or_not_what_its_hash_says_is_no_fact(string damage)
    {
        await AskMuch();
        var bytes = database.Page(3);
        bytes[Page.HeaderBytes + 10] ^= 1;
        Assert.Equal(1, database.Execute(damage, bytes));
        await Assert.ThrowsAsync<JournalDamagedException>(() => Read(1, 1_000));
    }

    [Fact]
    public async Task A_page_that_does_not_follow_the_one_before_it_is_noticed_also_where_a_reading_begins()
    {
        await AskMuch();
        var bytes = database.Page(3);
        bytes[^1] ^= 1;
        Assert.Equal(1, database.Execute("UPDATE journal SET message = @bytes WHERE sequence_number = 3", bytes));
        await Assert.ThrowsAsync<JournalDamagedException>(() => Read(Page.Read(database.Page(4)).First, 1));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 0)]
    [InlineData(1, FactsReader.MostFacts + 1)]
    public async Task A_reading_has_bounds(long from, int most) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Read(from, most));

    public void Dispose()
    {
        reader.Dispose();
        database.Dispose();
    }

    private Task<QueueFacts> Read(long from, int most) => reader.Read(WatchedQueue.Key, from, most, CancellationToken.None).AsTask();

    // One at a time, so that each has a page of its own, and some at once.
    private async Task<List<(Command, string)>> AskMuch(Func<WatchedQueue, Task>? last = null)
    {
        await using var queue = await WatchedQueue.Start(database: database.Database);
        Command[] commands =
        [
            new Reserve("a1", "p1", null), new Reserve("a2", "p1", null), new Confirm("a1"), new Withdraw("a9"), new Withdraw("a9"), new Drop("a3"),
        ];
        var asked = new List<(Command, string)>();
        foreach (var command in commands)
        {
            asked.Add((command, Text(await queue.Ask(command))));
        }

        Command[] atOnce = [new Reserve("a2", "p2", null), new Drop("a2"), new Reserve("a2", "p3", null), new Withdraw("a8")];
        var answers = await Task.WhenAll(atOnce.Select(queue.Ask));
        asked.AddRange(atOnce.Zip(answers, (command, answer) => (command, Text(answer))));
        await (last?.Invoke(queue) ?? Task.CompletedTask);
        return asked;
    }

    private static string Text(Answer answer)
    {
        var to = new ByteWriter();
        AnswerFormat.Write(to, answer);
        return Convert.ToHexString(to.Written.Span);
    }

    private static string Text(Fact fact) => $"{fact.Number} {fact.At} {fact.Cause} {string.Join(' ', fact.Events)}";
}

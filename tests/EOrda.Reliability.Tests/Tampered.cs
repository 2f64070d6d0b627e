using System.Text.RegularExpressions;
using EOrda.Actors.Entities;
using EOrda.Actors.Sqlite;
using EOrda.Reliability.Tests.Support;

namespace EOrda.Reliability.Tests;

/// <summary>A portal's data directory after a race, and what <c>eorda verify</c> says of copies that somebody has changed.</summary>
public sealed class Tampered(Tampered.Raced raced) : IClassFixture<Tampered.Raced>
{
    // What is done to a page in the middle of the queue's records, and the first bad record: counted from the page's first.
    private static readonly Dictionary<string, (Action<TamperedJournal, TamperedPage> Do, Func<TamperedPage, long> First)> Kinds = new(StringComparer.Ordinal)
    {
        ["a flipped bit"] = ((journal, page) => Rewritten(journal, () => page.Records[1].Content[^1] ^= 1), page => page.First + 1),
        ["a flipped bit of a hash"] = ((journal, page) => Rewritten(journal, () => page.Records[1].Hash[7] ^= 0x40), page => page.First + 1),
        ["a deleted record"] = ((journal, page) => Rewritten(journal, () => page.Records.RemoveAt(1)), page => page.First + 1),
        ["a deleted first record of a page"] = ((journal, page) => Rewritten(journal, () => page.Records.RemoveAt(0)), page => page.First),
        ["a swapped pair"] = ((journal, page) => Rewritten(journal, () => page.Records.Reverse(1, 2)), page => page.First + 1),
        ["a record twice"] = ((journal, page) => Rewritten(journal, () => page.Records.Insert(1, page.Records[1].Copy())), page => page.First + 2),
        ["an edited time"] = ((journal, page) => Rewritten(journal, page.Records[1].SetLater), page => page.First + 1),

        // The record agrees with its own hash; the one behind it does not any more.
        ["an edited time with a new hash"] = ((journal, page) => Rewritten(journal, () =>
        {
            page.Records[1].SetLater();
            page.Records[1].HashBehind(page.Records[0]);
        }), page => page.First + 2),

        // The same by hand, checksums and heads left as they were.
        ["a flipped bit and nothing else"] = ((journal, page) =>
        {
            page.Records[1].Content[^1] ^= 1;
            WriteBody(journal, page);
        }, page => page.First + 1),
        ["a deleted record and nothing else"] = ((journal, page) =>
        {
            page.Records.RemoveAt(1);
            WriteBody(journal, page);
        }, page => page.First + 1),
        ["a page cut off"] = ((journal, page) => journal.Run("UPDATE page SET body = substr(body, 1, length(body) - 1) WHERE id = $page", page), page => page.Last),
        ["a deleted page"] = ((journal, page) => journal.Run("DELETE FROM page WHERE id = $page", page), page => page.First),
        ["a page of another entity"] = ((journal, page) => journal.Run("UPDATE page SET entity = entity + 1 WHERE id = $page", page), page => page.First),
        ["a page renumbered"] = ((journal, page) => journal.Run("UPDATE page SET first = first + 1 WHERE id = $page", page), page => page.First),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Fact]
    public async Task What_nobody_has_changed_is_accepted()
    {
        using var copy = TemporaryData.CopyOf(raced.Data);
        using (var journal = new TamperedJournal(copy.Path, raced.Entity))
        {
            journal.Rewrite();
        }

        var verified = await Eorda.VerifyAsync(copy.Path);
        Assert.True(verified.ExitCode == 0, verified.Said);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_first_bad_record_is_named(string kind)
    {
        using var copy = TemporaryData.CopyOf(raced.Data);
        long first;
        using (var journal = new TamperedJournal(copy.Path, raced.Entity))
        {
            var page = journal.Pages.Skip(1).SkipLast(1).First(page => page.Records.Count >= 4);
            first = Kinds[kind].First(page);
            Kinds[kind].Do(journal, page);
        }

        await RejectedAsync(copy, $"[Rr]ecord {first}");
    }

    [Fact]
    public async Task A_deleted_last_record_is_named()
    {
        using var copy = TemporaryData.CopyOf(raced.Data);
        long last;
        using (var journal = new TamperedJournal(copy.Path, raced.Entity))
        {
            last = journal.Pages[^1].First;
            journal.Run("DELETE FROM page WHERE id = $page", journal.Pages[^1]);
        }

        await RejectedAsync(copy, $"record {last}");
    }

    [Fact]
    public async Task A_deleted_last_record_whose_head_was_made_to_fit_is_seen_by_the_snapshot()
    {
        using var copy = TemporaryData.CopyOf(raced.Data);
        var last = CutLastRecord(copy, withSnapshot: false);
        await RejectedAsync(copy, $"after record {last}, and its records end at {last - 1}");
    }

    [Fact]
    public async Task A_deleted_last_record_whose_head_and_snapshot_were_made_to_fit_is_not_seen()
    {
        using var copy = TemporaryData.CopyOf(raced.Data);
        CutLastRecord(copy, withSnapshot: true);
        Assert.Equal(0, (await Eorda.VerifyAsync(copy.Path)).ExitCode);
    }

    [Fact]
    public async Task A_changed_snapshot_is_named()
    {
        using var copy = TemporaryData.CopyOf(raced.Data);
        using (var journal = new TamperedJournal(copy.Path, raced.Entity))
        {
            journal.Run("UPDATE snapshot SET body = CAST(substr(body, 1, 100) || x'FF00' || substr(body, 103) AS BLOB) WHERE entity = $entity");
        }

        await RejectedAsync(copy, "its snapshot is damaged");
    }

    [Fact]
    public async Task A_changed_snapshot_whose_checksum_was_made_to_fit_is_named()
    {
        using var copy = TemporaryData.CopyOf(raced.Data);
        long last;
        using (var journal = new TamperedJournal(copy.Path, raced.Entity))
        {
            last = journal.Pages[^1].Last;

            // The first byte of its instant.
            journal.RewriteSnapshot(body => body[0] ^= 2);
        }

        await RejectedAsync(copy, $"after record {last} is not the state that the journal gives");
    }

    private static void Rewritten(TamperedJournal journal, Action change)
    {
        change();
        journal.Rewrite();
    }

    private static void WriteBody(TamperedJournal journal, TamperedPage page) => journal.Run(
        $"UPDATE page SET count = {page.Records.Count}, body = x'{Convert.ToHexString([.. page.Records.SelectMany(record => record.Bytes)])}' WHERE id = $page", page);

    private long CutLastRecord(TemporaryData copy, bool withSnapshot)
    {
        using var journal = new TamperedJournal(copy.Path, raced.Entity);
        var number = journal.Pages[^1].Last;

        // No page is left empty: it gets the last record of the page before.
        for (var page = journal.Pages.Count - 1; ; page--)
        {
            var records = journal.Pages[page].Records;
            records.RemoveAt(records.Count - 1);
            if (records.Count > 0)
            {
                break;
            }

            records.Add(journal.Pages[page - 1].Records[^1]);
        }

        journal.Rewrite();
        if (withSnapshot)
        {
            journal.Run("DELETE FROM snapshot WHERE entity = $entity");
        }

        return number;
    }

    private async Task RejectedAsync(TemporaryData copy, string pattern)
    {
        var verified = await Eorda.VerifyAsync(copy.Path);
        Assert.True(verified.ExitCode == 1, verified.Said);
        Assert.Contains(raced.Entity, verified.Said, StringComparison.Ordinal);
        Assert.Matches(new Regex($@"{pattern}\b", RegexOptions.None, TimeSpan.FromSeconds(1)), verified.Said);
    }

    /// <summary>A data directory that a portal has left after a race, with the records of one of its queues in pages of several.</summary>
    public sealed class Raced : IAsyncLifetime
    {
        private const int Parents = 900;

        private readonly TemporaryData data = new();

        /// <summary>The data directory; nobody changes it.</summary>
        public string Data => data.Path;

        /// <summary>The key of one of the queues.</summary>
        public string Entity { get; private set; } = "";

        public async Task InitializeAsync()
        {
            using var portal = new RealPortal(data.Path, Parents, queues: 2);
            await portal.StartReadyAsync();
            using (var town = await Town.BeginAsync(portal, Draws.Seed, places: Parents))
            {
                town.Begin();
                await town.HearAsync(1_000);
                await town.EndAsync();
            }

            Assert.Equal(0, await portal.StopAsync());
            using var journal = SqliteJournal.OpenReadOnly(data.Path);
            Entity = journal.Heads().First(head => EntityNames.QueueOf(head.Entity) is not null).Entity;
        }

        public Task DisposeAsync()
        {
            data.Dispose();
            return Task.CompletedTask;
        }
    }
}

using System.Text.RegularExpressions;
using EOrda.Actors.Audit;
using EOrda.Actors.Entities;
using EOrda.Actors.Persistence;
using EOrda.Reliability.Tests.Support;

namespace EOrda.Reliability.Tests;

/// <summary>A portal's data directory after a race, and what <c>eorda verify</c> says of copies that somebody has changed.</summary>
public sealed class Tampered(Tampered.Raced raced) : IClassFixture<Tampered.Raced>
{
    // What is done to a page in the middle of the queue's records, and what names the first bad record or page.
    private static readonly Dictionary<string, (Action<TamperedJournal, TamperedPage> Do, Func<TamperedPage, string> Pattern)> Kinds = new(StringComparer.Ordinal)
    {
        ["a flipped bit"] = ((journal, page) => Rewritten(journal, () => page.Records[1].Content[^1] ^= 1), page => $"[Rr]ecord {page.First + 1}"),
        ["a flipped bit of a hash"] = ((journal, page) => Rewritten(journal, () => page.Records[1].Hash[7] ^= 0x40), page => $"[Rr]ecord {page.First + 1}"),
        ["a deleted record"] = ((journal, page) => Rewritten(journal, () => page.Records.RemoveAt(1)), page => $"[Rr]ecord {page.First + 1}"),
        ["a deleted first record of a page"] = ((journal, page) => Rewritten(journal, () => page.Records.RemoveAt(0)), page => $"[Rr]ecord {page.First}"),
        ["a swapped pair"] = ((journal, page) => Rewritten(journal, () => page.Records.Reverse(1, 2)), page => $"[Rr]ecord {page.First + 1}"),
        ["a record twice"] = ((journal, page) => Rewritten(journal, () => page.Records.Insert(1, page.Records[1].Copy())), page => $"[Rr]ecord {page.First + 2}"),
        ["an edited time"] = ((journal, page) => Rewritten(journal, page.Records[1].SetLater), page => $"[Rr]ecord {page.First + 1}"),

        // The record agrees with its own hash; the one behind it does not any more.
        ["an edited time with a new hash"] = ((journal, page) => Rewritten(journal, () =>
        {
            page.Records[1].SetLater();
            page.Records[1].HashBehind(page.Records[0]);
        }), page => $"[Rr]ecord {page.First + 2}"),

        // The same by hand, numbers and hashes before the pages left as they were.
        ["a flipped bit and nothing else"] = ((journal, page) =>
        {
            page.Records[1].Content[^1] ^= 1;
            journal.Write(page);
        }, page => $"[Rr]ecord {page.First + 1}"),
        ["a deleted record and nothing else"] = ((journal, page) =>
        {
            page.Records.RemoveAt(1);
            journal.Write(page);
        }, page => $"[Rr]ecord {page.First + 1}"),
        ["a page cut off"] = (
            (journal, page) => journal.Run("UPDATE journal SET message = substr(message, 1, length(message) - 1) WHERE persistence_id = $entity AND sequence_number = $page", page),
            page => $"[Rr]ecord {page.Last}"),
        ["a deleted page"] = ((journal, page) => journal.Run("DELETE FROM journal WHERE persistence_id = $entity AND sequence_number = $page", page), page => $"[Pp]age {page.Number}"),
        ["a page of another entity"] = (
            (journal, page) => journal.Run("UPDATE journal SET persistence_id = 'queue/zz/general/2022' WHERE persistence_id = $entity AND sequence_number = $page", page),
            page => $"[Pp]age {page.Number}"),
        ["a page renumbered"] = ((journal, page) =>
        {
            page.First++;
            journal.Write(page);
        }, page => $"[Rr]ecord {page.First}"),
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
    public async Task The_first_bad_record_or_page_is_named(string kind)
    {
        using var copy = TemporaryData.CopyOf(raced.Data);
        string pattern;
        using (var journal = new TamperedJournal(copy.Path, raced.Entity))
        {
            var page = journal.Pages.Skip(1).SkipLast(1).First(page => page.Records.Count >= 4);
            pattern = Kinds[kind].Pattern(page);
            Kinds[kind].Do(journal, page);
        }

        await RejectedAsync(copy, pattern);
    }

    [Fact]
    public async Task A_cut_end_is_seen_by_a_head_that_was_noted_before()
    {
        using var copy = TemporaryData.CopyOf(raced.Data);
        var head = HeadOf(await Eorda.VerifyAsync(copy.Path));
        Assert.Equal(0, (await Eorda.VerifyAsync(copy.Path, "--expect", head)).ExitCode);
        CutLastPage(copy);
        var verified = await Eorda.VerifyAsync(copy.Path, "--expect", head);
        Assert.True(verified.ExitCode == 1, verified.Said);
    }

    [Fact]
    public async Task A_cut_end_is_not_seen_without_one()
    {
        using var copy = TemporaryData.CopyOf(raced.Data);
        CutLastPage(copy);
        Assert.Equal(0, (await Eorda.VerifyAsync(copy.Path)).ExitCode);
    }

    private static void Rewritten(TamperedJournal journal, Action change)
    {
        change();
        journal.Rewrite();
    }

    private static string HeadOf(Verified verified) => Regex.Match(verified.Said, "[0-9a-f]{64}", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;

    private void CutLastPage(TemporaryData copy)
    {
        using var journal = new TamperedJournal(copy.Path, raced.Entity);
        journal.Run("DELETE FROM journal WHERE persistence_id = $entity AND sequence_number = $page", journal.Pages[^1]);
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
            using var journal = new StoredJournal(Database.Sqlite(data.Path));
            Entity = journal.Entities().First(entity => EntityNames.QueueOf(entity) is not null);
        }

        public Task DisposeAsync()
        {
            data.Dispose();
            return Task.CompletedTask;
        }
    }
}

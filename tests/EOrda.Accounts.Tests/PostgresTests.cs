using EOrda.Accounts.Audit;
using EOrda.Accounts.Database;
using EOrda.Accounts.People;
using EOrda.Accounts.Tests.Support;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EOrda.Accounts.Tests;

/// <summary>The same on PostgreSQL, with two nodes.</summary>
public sealed class PostgresTests(PostgresServer server) : AccountsTests, IClassFixture<PostgresServer>
{
    private const string Phone = "+77011234567";

    [PostgresFact]
    public async Task The_version_before_is_brought_up_to_date_and_keeps_what_it_has()
    {
        var place = new AccountsPlace(DataDirectory, await server.NewDatabase());
        await using (var context = AccountsStart.Open(place))
        {
            await context.GetService<IMigrator>().MigrateAsync("Keys");
            context.DataProtectionKeys.Add(new DataProtectionKey { FriendlyName = "from before", Xml = "<key/>" });
            await context.SaveChangesAsync();
        }

        await AccountsStart.Prepare(place);
        await using var later = AccountsStart.Open(place);
        Assert.Equal("from before", (await later.DataProtectionKeys.SingleAsync()).FriendlyName);
        Assert.Equal(0, (await later.AuditHeads.SingleAsync()).Sequence);
    }

    [PostgresFact]
    public async Task A_second_node_needs_the_key_of_the_first()
    {
        var connection = await server.NewDatabase();
        await AccountsStart.Prepare(new AccountsPlace(DataDirectory, connection));
        var elsewhere = Directory.CreateDirectory(Path.Combine(DataDirectory, "elsewhere")).FullName;
        await Assert.ThrowsAsync<Keys.AccountsStartException>(() => AccountsStart.Prepare(new AccountsPlace(elsewhere, connection)));
        Assert.Empty(Directory.GetFiles(elsewhere));
    }

    [PostgresFact]
    public async Task Staff_and_parents_sign_in_and_what_one_node_ends_the_other_hears()
    {
        var (one, other) = await TwoNodes();
        await using var first = one;
        await using var second = other;
        var administrator = await one.Administrator();
        var root = await administrator.Act();
        await one.Invite(root, "dana", new Duty(Role.Authority, "almaty"));
        var parent = await one.Parent();
        Assert.True((await other.Sessions.Validate(parent.First.Token)).IsGiven);
        Assert.True((await parent.SignInByDevice()).IsGiven);
        await other.Sessions.HearEnded(CancellationToken.None);
        Refused(Reasons.SessionEndedElsewhere, await other.Sessions.Validate(parent.First.Token));
        Assert.Equal(Iins.Aru, (await other.Persons.Show(parent.Acting, parent.PersonId, "")).Value.Iin);
        Assert.True((await one.Eraser.Erase(CancellationToken.None)).IsGiven);
        Assert.True((await one.Audit.Verify()).Value.Holds);
        Assert.NotEmpty((await one.Audit.Search(new AuditQuery { From = one.Time.GetUtcNow().AddHours(-1), SubjectKind = "person" })).Value);
    }

    [PostgresFact]
    public async Task Fifty_at_once_on_two_nodes_get_three_tries_and_one_session()
    {
        var (one, other) = await TwoNodes();
        await using var first = one;
        await using var second = other;
        var ticket = (await one.Parents.AskCode(Iins.Aru, Phone, one.Home)).Value.Ticket;
        var wrong = one.Outbox.Last(Phone) == "000000" ? "111111" : "000000";
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => (i % 2 == 0 ? one : other).Parents.SignInByCode(ticket, wrong, null, null, one.Stranger))));
        Assert.Equal(3, outcomes.Count(outcome => outcome.Refusal?.Reason == Reasons.WrongCredentials));
        Assert.Equal(47, outcomes.Count(outcome => outcome.Refusal?.Reason == Reasons.Locked));
        ticket = (await one.Parents.AskCode(Iins.Aru, Phone, one.Home)).Value.Ticket;
        var digits = one.Outbox.Last(Phone);
        outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => (i % 2 == 0 ? one : other).Parents.SignInByCode(ticket, digits, null, null, one.Home))));
        Assert.Equal(1, outcomes.Count(outcome => outcome.IsGiven));
    }

    [PostgresFact]
    public async Task Two_nodes_write_one_chain_and_the_database_lets_nobody_change_it()
    {
        var (one, other) = await TwoNodes();
        await using var first = one;
        await using var second = other;
        var acting = await (await one.Administrator()).Act();
        var before = (await one.Audit.End()).Value.Sequence;
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => (i % 2 == 0 ? one : other).Audit.Record(acting, new AuditEntry("looked", "application", $"{i}")))));
        Assert.Equal(before + 40, (await other.Audit.End()).Value.Sequence);
        Assert.True((await other.Audit.Verify()).Value.Holds);
        foreach (var attack in new[] { "UPDATE \"Audit\" SET \"Reason\" = 'other'", "DELETE FROM \"Audit\"" })
        {
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => one.Read(context => context.Database.ExecuteSqlRawAsync(attack)));
        }

        one.Time.Advance(TimeSpan.FromDays(6 * 365));
        Assert.True((await one.Eraser.Erase(CancellationToken.None)).IsGiven);
        Assert.Equal((true, 0L), ((await one.Audit.Verify()).Value.Holds, (await one.Audit.Verify()).Value.Entries));
    }

    private async Task<(Room One, Room Other)> TwoNodes()
    {
        var place = new AccountsPlace(DataDirectory, await server.NewDatabase());
        var one = await Room.Open(place);
        return (one, await Room.Open(place, time: one.Time));
    }
}

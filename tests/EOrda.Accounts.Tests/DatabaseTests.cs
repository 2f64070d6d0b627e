using EOrda.Accounts.Database;
using EOrda.Accounts.Keys;
using EOrda.Accounts.Tests.Support;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EOrda.Accounts.Tests;

/// <summary>The embedded database and the key beside it.</summary>
public sealed class DatabaseTests : AccountsTests
{
    private string Database => Path.Combine(DataDirectory, AccountsPlace.FileName);

    private string KeyFile => Path.Combine(DataDirectory, AccountsKey.FileName);

    [Fact]
    public async Task An_empty_directory_gets_a_database_and_a_key_for_their_owner_only()
    {
        await using var room = await Open();
        await room.Administrator();
        foreach (var file in Directory.GetFiles(DataDirectory))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(file));
        }

        Assert.Equal(["accounts.db", "accounts.key"], Directory.GetFiles(DataDirectory).Select(Path.GetFileName).Where(name => !name!.Contains('-', StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task The_version_before_is_brought_up_to_date_and_keeps_what_it_has()
    {
        await using (var context = AccountsStart.Open(new AccountsPlace(DataDirectory)))
        {
            await context.GetService<IMigrator>().MigrateAsync("Keys");
            context.DataProtectionKeys.Add(new DataProtectionKey { FriendlyName = "from before", Xml = "<key/>" });
            await context.SaveChangesAsync();
            Assert.Single(await context.Database.GetPendingMigrationsAsync());
        }

        await AccountsStart.Prepare(new AccountsPlace(DataDirectory));
        await using var later = AccountsStart.Open(new AccountsPlace(DataDirectory));
        Assert.Equal("from before", (await later.DataProtectionKeys.SingleAsync()).FriendlyName);
        Assert.Equal(0, (await later.AuditHeads.SingleAsync()).Sequence);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Host=nowhere")]
    public void Migrations_say_what_the_model_says(string? postgreSql)
    {
        using var context = AccountsStart.Open(new AccountsPlace(DataDirectory, postgreSql));
        Assert.False(context.Database.HasPendingModelChanges());
        Assert.Equal(["Keys", "People"], context.Database.GetMigrations().Select(name => name.Split('_')[1]));
    }

    [Fact]
    public async Task Files_that_others_may_read_are_closed_to_them()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await AccountsStart.Prepare(new AccountsPlace(DataDirectory));
        foreach (var file in new[] { Database, KeyFile })
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        await AccountsStart.Prepare(new AccountsPlace(DataDirectory));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Database) | File.GetUnixFileMode(KeyFile));
    }

    [Fact]
    public async Task A_database_without_its_key_is_refused_and_no_new_key_is_made()
    {
        await AccountsStart.Prepare(new AccountsPlace(DataDirectory));
        File.Delete(KeyFile);
        var refused = await Assert.ThrowsAsync<AccountsStartException>(() => AccountsStart.Prepare(new AccountsPlace(DataDirectory)));
        Assert.Contains("accounts.key", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyFile));
    }

    [Theory]
    [InlineData(32, 1)]
    [InlineData(32, 0)]
    [InlineData(31, 1)]
    public async Task Another_key_is_refused(int length, byte fill)
    {
        await AccountsStart.Prepare(new AccountsPlace(DataDirectory));
        await File.WriteAllBytesAsync(KeyFile, [.. Enumerable.Repeat(fill, length)]);
        await Assert.ThrowsAsync<AccountsStartException>(() => AccountsStart.Prepare(new AccountsPlace(DataDirectory)));
    }

    [Fact]
    public async Task A_symbolic_link_is_not_followed()
    {
        var elsewhere = Path.Combine(DataDirectory, "elsewhere");
        await File.WriteAllBytesAsync(elsewhere, []);
        File.CreateSymbolicLink(Database, elsewhere);
        await Assert.ThrowsAsync<AccountsStartException>(() => AccountsStart.Prepare(new AccountsPlace(DataDirectory)));
    }

    [Fact]
    public async Task A_database_that_fails_is_an_outcome()
    {
        await using var room = await Open();
        await room.Change(context => context.Database.ExecuteSqlRawAsync("DROP TABLE \"Attempts\""));
        var refusal = (await room.StaffSignIn.SignIn("root.admin", "a wrong password", "000000", null, room.Home)).Refusal!;
        Assert.Equal((Reasons.Unavailable, TimeSpan.FromSeconds(2)), (refusal.Reason, refusal.RetryAfter));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_an_outcome()
    {
        var nowhere = new AccountsPlace(DataDirectory, $"Host={DataDirectory}/no-server;Username=nobody;Timeout=2");
        using var store = new AccountsStore(
            () => AccountsStart.Open(nowhere), nowhere, new Microsoft.AspNetCore.DataProtection.EphemeralDataProtectionProvider(), Room.Quick, new FakeTimeProvider(), NullLogger<AccountsStore>.Instance);
        Refused(Reasons.Unavailable, await store.Write<Done>(async context => await context.People.AnyAsync() ? default(Done) : default, CancellationToken.None));
        Refused(Reasons.Unavailable, await store.TryRead<Done>(async context => await context.People.AnyAsync() ? default(Done) : default));
        await Assert.ThrowsAsync<AccountsStartException>(() => AccountsStart.Prepare(nowhere));
    }

    [Fact]
    public async Task Writes_beyond_the_bound_are_told_to_try_later()
    {
        await using var room = await Open(Room.Quick with { WritesWaiting = 0 });
        Refused(Reasons.Busy, await room.Staff.FirstAdministrator("root.admin", "Root"));
    }
}

using EOrda.Actors.Audit;
using EOrda.Actors.Persistence;
using EOrda.Cli.Backup;
using EOrda.Portal.Tests.Support;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>A backup is taken while parents press, and a portal goes on from it.</summary>
public sealed class BackupTests
{
    private int pressed;

    [Fact]
    public async Task A_backup_taken_while_commands_run_holds_together_and_has_every_answer_that_was_given_before()
    {
        using var directory = new TemporaryDirectory();
        var target = Path.Combine(directory.Path, "backup");
        await using var portal = new TestPortal();
        await portal.InitializeAsync();
        portal.ItIs(7);
        var before = await portal.Reserve("A-1", "P-1", key: "before");
        Assert.Equal(200, before.Status);

        using var over = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var pressing = Enumerable.Range(2, 3).Select(i => PressAsync(portal, $"A-{i}", over.Token)).ToList();
        await PressedAsync(20, over.Token);

        await Task.Run(() => PagesBackup.Write(portal.Data, target));
        var afterwards = Volatile.Read(ref pressed);
        await PressedAsync(afterwards + 10, over.Token);

        await over.CancelAsync();
        await Task.WhenAll(pressing);

        Assert.Equal(12, StoreAudit.Run(Database.Sqlite(target)).Applications);

        await using var restored = new TestPortal { Data = target };
        restored.Clock.SetUtcNow(portal.Clock.GetUtcNow());
        await restored.StartAsync();
        await restored.ReadyAsync();
        Assert.Equal(portal.SecretOf("A-1"), restored.SecretOf("A-1"));
        Assert.Equal(before.Text, (await restored.Reserve("A-1", "P-1", key: "before")).Text);
        Assert.Equal("P-1", (await restored.Own("A-1")).Json.GetProperty("place").GetString());
    }

    private async Task PressedAsync(int count, CancellationToken limit)
    {
        while (Volatile.Read(ref pressed) < count)
        {
            limit.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    // Refused ones are recorded too.
    private async Task PressAsync(TestPortal portal, string application, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            Assert.Contains((await portal.Reserve(application, "P-1")).Status, new[] { 403, 409 });
            Interlocked.Increment(ref pressed);
        }
    }
}

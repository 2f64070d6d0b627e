using EOrda.Identifiers;
using EOrda.Notices.Gateways;

namespace EOrda.Notices.Tests;

public sealed class FileOutboxes : IDisposable
{
    private readonly string _directory = Path.Combine(Directory.CreateTempSubdirectory("outbox-").FullName, "outbox");

    [Fact]
    public async Task A_message_is_a_file_for_its_owner_only_and_the_same_id_is_the_same_file()
    {
        var outbox = new FileOutbox(_directory, TimeProvider.System);
        var sms = new SmsMessage("a1", PhoneNumber.Parse("+77010000042"), "Орын");
        Assert.Equal(SendResult.Accepted, await outbox.SendAsync(sms, CancellationToken.None));
        Assert.Equal(SendResult.Accepted, await outbox.SendAsync(sms, CancellationToken.None));
        Assert.Equal(SendResult.Accepted, await outbox.SendAsync(new MailMessage("b2", "parent@example.org", "Тақырып", "Мәтін"), CancellationToken.None));
        var files = Directory.GetFiles(_directory);
        Assert.Equal(2, files.Length);
        Assert.Contains("Орын", await File.ReadAllTextAsync(Path.Combine(_directory, "a1.json")), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(files[0]));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_directory));
        }
    }

    [Fact]
    public async Task The_latest_messages_can_be_shown()
    {
        var outbox = new FileOutbox(_directory, TimeProvider.System);
        for (var i = 0; i < 5; i++)
            await outbox.SendAsync(new MailMessage($"m{i}", "parent@example.org", "Тақырып", $"{i}"), CancellationToken.None);
        var latest = await outbox.LatestAsync(2, CancellationToken.None);
        Assert.Equal(2, latest.Count);
        Assert.Equal(("email", "parent@example.org", "Тақырып"), (latest[0].Channel, latest[0].To, latest[0].Subject));
        Assert.DoesNotContain("parent", $"{latest[0]}", StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => outbox.LatestAsync(0, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => outbox.LatestAsync(1_001, CancellationToken.None));
    }

    [Fact]
    public async Task A_directory_that_is_full_takes_no_more()
    {
        Directory.CreateDirectory(_directory);
        for (var i = 0; i < FileOutbox.MostFiles; i++)
            await File.WriteAllBytesAsync(Path.Combine(_directory, $"{i}.json"), []);
        var outbox = new FileOutbox(_directory, TimeProvider.System);
        Assert.Equal(new SendResult(SendOutcome.Faulty, "outbox-full"), await outbox.SendAsync(new MailMessage("new", "a@b.example", "", ""), CancellationToken.None));
    }

    [Fact]
    public async Task A_disk_that_refuses_is_a_fault_and_no_exception()
    {
        var outbox = new FileOutbox(_directory, TimeProvider.System);
        Directory.Delete(_directory);
        Assert.Equal(new SendResult(SendOutcome.Faulty, "disk"), await outbox.SendAsync(new MailMessage("new", "a@b.example", "", ""), CancellationToken.None));
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_directory)!, recursive: true);
}

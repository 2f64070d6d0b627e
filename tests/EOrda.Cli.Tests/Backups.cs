using System.Security.Cryptography;
using EOrda.Actors;
using EOrda.Actors.Sqlite;
using EOrda.Queues;
using EOrda.Queues.Rules;
using Microsoft.Extensions.Logging.Abstractions;

namespace EOrda.Cli.Tests;

/// <summary><c>eorda backup</c>, and <c>eorda verify</c> on what it made.</summary>
public sealed class Backups : IDisposable
{
    private readonly Eorda eorda = new();

    public void Dispose() => eorda.Dispose();

    [Fact]
    public async Task A_backup_beside_a_running_node_is_verified()
    {
        await using var node = await Node.Start(SqliteJournal.Open(eorda.Path("data")), new NodeOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        await node.Ask(new SetRules("almaty", new RulesDraft { TimeZone = "Asia/Almaty" }), new CommandKey(1));
        WriteKey("data", RandomNumberGenerator.GetBytes(32));
        Assert.Equal(0, eorda.Run("backup", "data", "copy").ExitCode);
        Assert.Equal(["journal.db", "secret.key"], Directory.GetFiles(eorda.Path("copy")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var verified = eorda.Run("verify", "copy");
        Assert.Equal((0, ""), (verified.ExitCode, verified.Errors));
        Assert.StartsWith("1 records of 1 entities hold together", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_written_over()
    {
        Directory.CreateDirectory(eorda.Path("data"));
        SqliteJournal.Open(eorda.Path("data")).Dispose();
        WriteKey("data", RandomNumberGenerator.GetBytes(32));
        Directory.CreateDirectory(eorda.Path("copy"));
        eorda.Write("copy/something");
        var end = eorda.Run("backup", "data", "copy");
        Assert.Equal(2, end.ExitCode);
        Assert.Contains("is not empty", end.Errors, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(eorda.Path("copy")));
    }

    [Theory]
    [InlineData("nowhere", "does not exist")]
    [InlineData(".", "holds no journal")]
    public void What_is_no_data_directory_is_named(string directory, string fault)
    {
        var end = eorda.Run("backup", directory, "copy");
        Assert.Equal(2, end.ExitCode);
        Assert.Contains(fault, end.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(eorda.Path("copy")));
    }

    [Theory]
    [InlineData(null, "is missing beside the journal")]
    [InlineData(0, "is not a key of 32 bytes")]
    [InlineData(31, "is not a key of 32 bytes")]
    [InlineData(33, "is not a key of 32 bytes")]
    [InlineData(32, "is no key, its bytes are all the same")]
    public void A_key_that_no_portal_would_start_with_is_named(int? zeros, string fault)
    {
        Directory.CreateDirectory(eorda.Path("data"));
        SqliteJournal.Open(eorda.Path("data")).Dispose();
        if (zeros is { } count)
        {
            WriteKey("data", new byte[count]);
        }

        foreach (var end in new[] { eorda.Run("backup", "data", "copy"), eorda.Run("verify", "data") })
        {
            Assert.Equal(2, end.ExitCode);
            Assert.StartsWith($"eorda: '{eorda.Path("data/secret.key")}' {fault}", Assert.Single(end.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(eorda.Path("copy")));
    }

    private void WriteKey(string directory, byte[] key) => File.WriteAllBytes(eorda.Path($"{directory}/secret.key"), key);
}

using System.Text.RegularExpressions;

namespace EOrda.Architecture.Tests;

/// <summary>No test waits without a limit: one that would never end tells nobody what it waited for.</summary>
public sealed partial class Waits
{
    [Fact]
    public void No_test_waits_for_a_process_or_a_signal_without_a_limit()
    {
        var found = Repository.Files()
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && Path.GetRelativePath(Repository.Root, file).Replace('\\', '/').StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(file => File.ReadAllLines(file).Index()
                .Where(line => Endless().IsMatch(line.Item))
                .Select(line => $"{Path.GetRelativePath(Repository.Root, file)}:{line.Index + 1}: {line.Item.Trim()}"))
            .ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory]
    [InlineData("process.WaitForE~xit();", true)]
    [InlineData("await process.WaitForE~xitAsync();", true)]
    [InlineData("await process.WaitForExitAsync(patience.Token);", false)]
    [InlineData("await reached.T~ask;", true)]
    [InlineData("await reached.Task.WaitAsync(limit);", false)]
    [InlineData("inside.W~ait();", true)]
    [InlineData("inside.Wait(limit);", false)]
    public void Such_a_wait_is_known_when_it_is_seen(string line, bool isOne) => Assert.Equal(isOne, Endless().IsMatch(line.Replace("~", "", StringComparison.Ordinal)));

    [GeneratedRegex(@"\.WaitForExit(Async)?\(\)|await [\w.!]+\.Task;|\w\.Wait\(\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Endless();
}

using System.Text.RegularExpressions;

namespace EOrda.Architecture.Tests;

/// <summary>A log event is known by its number: the list stands in docs/operations.md, "Log events".</summary>
public sealed partial class LogEvents
{
    [Fact]
    public void Each_has_a_number_of_its_own_and_stands_in_the_list()
    {
        var written = Repository.Files()
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && Path.GetRelativePath(Repository.Root, file).Replace('\\', '/').StartsWith("src/", StringComparison.Ordinal))
            .SelectMany(file => Event().Matches(File.ReadAllText(file)))
            .Select(found => $"{found.Groups["number"].Value} {found.Groups["level"].Value}")
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.NotEmpty(written);
        var listed = Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md")))
            .Select(row => $"{row.Groups["number"].Value} {row.Groups["level"].Value}")
            .Order(StringComparer.Ordinal);

        // A number that is used twice stands twice on the left only.
        Assert.Equal(listed, written);
        Assert.Equal(written.Select(e => e.Split(' ')[0]).Distinct(), written.Select(e => e.Split(' ')[0]));
    }

    [GeneratedRegex(@"\[LoggerMessage\((?<number>\d+), LogLevel\.(?<level>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Event();

    [GeneratedRegex(@"^\| (?<number>\d+) \| (?<level>\w+) \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Row();
}

using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EOrda.Architecture.Tests;

/// <summary>What the repository's own text must and must not say.</summary>
public sealed partial class Texts
{
    [Fact]
    public void No_file_names_a_path_of_somebodys_machine_or_of_what_lies_beside_the_repository()
    {
        var found = new List<string>();
        var read = 0;
        foreach (var file in Repository.Files())
        {
            var bytes = File.ReadAllBytes(file);
            if (bytes.AsSpan().Contains((byte)0))
            {
                continue;
            }

            read++;
            var lines = Encoding.UTF8.GetString(bytes).Split('\n');
            found.AddRange(lines.Index().Where(line => OfAMachine().IsMatch(line.Item)).Select(line => $"{Path.GetRelativePath(Repository.Root, file)}:{line.Index + 1}: {line.Item.Trim()}"));
        }

        Assert.True(read > 100, $"only {read} files were read");
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory]
    [InlineData("see /ho~me/somebody/file", true)]
    [InlineData("\"/tm~p/x\"", true)]
    [InlineData("(/wo~rk/main)", true)]
    [InlineData(@"C:\~Users\x", true)]
    [InlineData("..~/shared/x", true)]
    [InlineData("https://example.org/ho~me/x", false)]
    [InlineData("almaty/wo~rk/2022", false)]
    [InlineData("<a href=\"/kk/ho~me\">", false)]
    public void Such_a_path_is_known_when_it_is_seen(string text, bool isOne) => Assert.Equal(isOne, OfAMachine().IsMatch(text.Replace("~", "", StringComparison.Ordinal)));

    [Theory]
    [InlineData("EOrda.Queues")]
    [InlineData("EOrda.Actors")]
    [InlineData("EOrda.Documents")]
    [InlineData("EOrda.Identifiers")]
    [InlineData("EOrda.Integrations")]
    [InlineData("EOrda.Notices")]
    public void Public_types_and_members_are_documented_or_the_build_fails(string project)
    {
        var file = XDocument.Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"));
        Assert.Equal("true", file.Descendants("GenerateDocumentationFile").Single().Value);
        Assert.Empty(file.Descendants("NoWarn"));
    }

    [GeneratedRegex(@"(?<![\w.])/(home|root|Users|work|tmp|mnt)/\w|\b[A-Za-z]:\\\w|\.\./shared\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OfAMachine();
}

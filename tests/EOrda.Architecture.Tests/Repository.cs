using System.Xml.Linq;

namespace EOrda.Architecture.Tests;

/// <summary>The repository these tests were built from.</summary>
internal static class Repository
{
    private const string Solution = "EOrda.Actors.sln";

    /// <summary>The directory of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The projects of the product by name, each with what its project file refers to.</summary>
    public static IReadOnlyDictionary<string, ProjectFile> Products { get; } = ProjectsUnder("src");

    /// <summary>The files that belong to the repository: what is built or brought in from elsewhere is left out.</summary>
    public static IEnumerable<string> Files()
    {
        var ignored = File.ReadAllLines(Path.Combine(Root, ".gitignore"))
            .Where(line => line.EndsWith('/'))
            .Select(line => line.Trim('/'))
            .Append(".git")
            .ToList();
        return FilesUnder(Root, ignored);
    }

    private static Dictionary<string, ProjectFile> ProjectsUnder(string directory) =>
        Directory.GetFiles(Path.Combine(Root, directory), "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), ProjectFile.Read);

    private static IEnumerable<string> FilesUnder(string directory, List<string> ignored)
    {
        foreach (var file in Directory.GetFiles(directory).Where(file => Path.GetFileName(file) != ".git"))
        {
            yield return file;
        }

        foreach (var inner in Directory.GetDirectories(directory))
        {
            var path = Path.GetRelativePath(Root, inner).Replace('\\', '/');
            if (ignored.Exists(name => path == name || path.EndsWith($"/{name}", StringComparison.Ordinal)))
            {
                continue;
            }

            foreach (var file in FilesUnder(inner, ignored))
            {
                yield return file;
            }
        }
    }

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, Solution)))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"No directory above the tests has a {Solution}.");
    }
}

/// <summary>What a project file refers to.</summary>
internal sealed record ProjectFile(IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public static ProjectFile Read(string file)
    {
        var items = XDocument.Load(file).Descendants().ToLookup(element => element.Name.LocalName, element => (string?)element.Attribute("Include") ?? "");
        return new ProjectFile([.. items["ProjectReference"].Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))], [.. items["PackageReference"]]);
    }
}

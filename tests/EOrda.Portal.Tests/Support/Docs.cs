namespace EOrda.Portal.Tests.Support;

/// <summary>The pages under docs, and other texts of the repository.</summary>
internal static class Docs
{
    /// <summary>A page's text.</summary>
    public static string Read(string name) => ReadFile(Path.Combine("docs", name));

    /// <summary>The text of a file, by its path in the repository.</summary>
    public static string ReadFile(string path)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "EOrda.Actors.sln")))
        {
            directory = directory.Parent;
        }

        return File.ReadAllText(Path.Combine(directory.FullName, path));
    }
}

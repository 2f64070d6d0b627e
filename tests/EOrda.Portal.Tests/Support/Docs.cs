namespace EOrda.Portal.Tests.Support;

/// <summary>The pages under docs.</summary>
internal static class Docs
{
    /// <summary>A page's text.</summary>
    public static string Read(string name)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "EOrda.Actors.sln")))
        {
            directory = directory.Parent;
        }

        return File.ReadAllText(Path.Combine(directory.FullName, "docs", name));
    }
}

namespace EOrda.Reliability.Tests.Support;

/// <summary>A data directory that is gone after the test.</summary>
internal sealed class TemporaryData : IDisposable
{
    private readonly DirectoryInfo parent = Directory.CreateTempSubdirectory("eorda-reliability-");

    /// <summary>The directory; the portal makes it.</summary>
    public string Path => System.IO.Path.Combine(parent.FullName, "data");

    /// <summary>A copy of a stopped portal's data directory.</summary>
    public static TemporaryData CopyOf(string data)
    {
        var copy = new TemporaryData();
        Directory.CreateDirectory(copy.Path);
        foreach (var file in Directory.GetFiles(data))
        {
            File.Copy(file, System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)));
        }

        return copy;
    }

    public void Dispose() => parent.Delete(recursive: true);
}

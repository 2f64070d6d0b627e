namespace EOrda.Portal.Tests.Support;

/// <summary>A directory that goes with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("eorda-portal-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

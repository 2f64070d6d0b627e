using Xunit;

namespace EOrda.Portal.Tests.Support;

/// <summary>A fact that needs Debian's Chromium (<c>apt-get install chromium</c>); passed over where it is not on the PATH.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Executable is null)
        {
            Skip = "Chromium is not on the PATH";
        }
    }

    /// <summary>Where Chromium is; null where it is not.</summary>
    public static string? Executable { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(directory => Path.Combine(directory, "chromium"))
        .FirstOrDefault(File.Exists);
}

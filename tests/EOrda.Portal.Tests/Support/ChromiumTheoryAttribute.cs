using Xunit;

namespace EOrda.Portal.Tests.Support;

/// <summary>A theory that needs Chromium, as <see cref="ChromiumFactAttribute"/> does.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute() => Skip = new ChromiumFactAttribute().Skip;
}

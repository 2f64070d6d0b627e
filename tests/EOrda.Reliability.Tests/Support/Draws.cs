using System.Globalization;

namespace EOrda.Reliability.Tests.Support;

/// <summary>The seed of the draws, and how long the tests run: <c>EORDA_SEED</c> and <c>EORDA_KILLS</c>.</summary>
internal static class Draws
{
    /// <summary>The seed. The draws are the same with it; how the clients meet is the machine's.</summary>
    public static int Seed { get; } = Number("EORDA_SEED", 2022);

    /// <summary>How often the portal is killed.</summary>
    public static int Kills { get; } = Number("EORDA_KILLS", 10);

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}

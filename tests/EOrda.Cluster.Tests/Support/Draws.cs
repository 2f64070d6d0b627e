using System.Globalization;

namespace EOrda.Cluster.Tests.Support;

/// <summary>The seed of the draws, how many faults there are, and where what the nodes say is kept: <c>EORDA_SEED</c>, <c>EORDA_ROUNDS</c>, <c>EORDA_LOGS</c>.</summary>
internal static class Draws
{
    private const int Shares = 20;

    // One of each kind: the whole run of tests has half an hour on two processors.
    private const int RoundsAtOnce = 7;

    /// <summary>The seed. The draws are the same with it; how the clients meet is the machine's.</summary>
    public static int Seed { get; } = Number("EORDA_SEED", 2022);

    /// <summary>Faults of all kinds together.</summary>
    public static int Rounds { get; } = Number("EORDA_ROUNDS", RoundsAtOnce);

    /// <summary>The directory that keeps what the nodes say; null where nobody wants it.</summary>
    public static string? Logs { get; } = Environment.GetEnvironmentVariable("EORDA_LOGS");

    /// <summary>How many faults of a kind there are.</summary>
    /// <param name="share">How many of twenty.</param>
    public static int Of(int share) => Math.Max(1, Rounds * share / Shares);

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}

using EOrda.Load.Scenarios;

namespace EOrda.Load.Parents;

/// <summary>What chance makes of one parent; the same for the same seed and number.</summary>
/// <param name="IsMachine">True when a machine presses in the first millisecond.</param>
/// <param name="IsLive">True when it holds a live connection.</param>
/// <param name="IsLost">True when that connection is lost shortly before the release.</param>
/// <param name="RoundTrip">The way to the portal and back, milliseconds, on top of what it really takes.</param>
/// <param name="PressAfter">How long after the release it presses, milliseconds.</param>
/// <param name="TriesBefore">How long before the release it tries whether it is open already, milliseconds; null when it waits.</param>
internal sealed record ParentPlan(bool IsMachine, bool IsLive, bool IsLost, double RoundTrip, double PressAfter, double? TriesBefore)
{
    /// <summary>Draws a parent.</summary>
    public static ParentPlan Draw(Scenario scenario, Random chance)
    {
        var (press, arrival) = (scenario.Press, scenario.Arrival);
        var isMachine = chance.NextDouble() < press.MachineShare;
        return new ParentPlan(
            isMachine,
            chance.NextDouble() < arrival.LiveShare,
            chance.NextDouble() < arrival.DropShare,
            press.RoundTripMedianMilliseconds * Math.Exp(press.RoundTripSigma * Normal(chance)),
            chance.NextDouble() * (isMachine ? 1 : press.SpreadSeconds * 1_000),
            !isMachine && chance.NextDouble() < press.EarlyShare ? Between(chance, press.EarlySeconds) * 1_000 : null);
    }

    /// <summary>A number between two, evenly.</summary>
    public static double Between(Random chance, double[] range) => range[0] + (range[1] - range[0]) * chance.NextDouble();

    // Box and Muller.
    private static double Normal(Random chance) => Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());
}

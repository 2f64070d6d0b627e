using System.Diagnostics.Metrics;
using EOrda.Portal.Telemetry;

namespace EOrda.Portal.Secrets;

/// <summary>Counts the proofs that failed, so that an operator sees when somebody guesses.</summary>
internal sealed class ProofMetrics
{
    private static readonly KeyValuePair<string, object?> Missing = new("kind", "missing");
    private static readonly KeyValuePair<string, object?> Malformed = new("kind", "malformed");
    private static readonly KeyValuePair<string, object?> Wrong = new("kind", "wrong");

    private readonly Counter<long> failures;

    public ProofMetrics(IMeterFactory meters) =>
        failures = meters.Create(PortalMetrics.MeterName).CreateCounter<long>("eorda.proof.failures", "{proof}", "Requests that needed an application's secret and did not show it.");

    /// <summary>One failed.</summary>
    public void Failed(ProofGiven proof) => failures.Add(1, proof switch
    {
        ProofGiven.None => Missing,
        ProofGiven.Malformed => Malformed,
        _ => Wrong,
    });
}

using OpenTelemetry.Trace;

namespace EOrda.Portal.Telemetry;

/// <summary>Traces one request of a hundred, by chance. What a caller says of its trace, or which number it gives it, has no part in that: else anybody could have all traced.</summary>
internal sealed class OwnSampler : Sampler
{
    private const double TracedShare = 0.01;

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(Random.Shared.NextDouble() < TracedShare ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
}

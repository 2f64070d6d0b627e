using System.Diagnostics.Metrics;

namespace EOrda.Actors.Tests.Telemetry;

/// <summary>What the meter of one node has told.</summary>
internal sealed class Readings : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly List<(string Name, double Value)> told = [];

    public Readings(Node node)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Scope == node.Metrics.Scope)
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.Start();
    }

    /// <summary>What a histogram or counter was told so far, the values of its tags after its name: <c>eorda.commit.duration written</c>.</summary>
    public IReadOnlyList<double> Of(string name) => [.. told.Where(one => one.Name == name).Select(one => one.Value)];

    /// <summary>What an observed instrument tells now; 0 when nothing.</summary>
    public double Now(string name)
    {
        told.RemoveAll(one => one.Name == name);
        listener.RecordObservableInstruments();
        return Of(name).Sum();
    }

    public void Dispose() => listener.Dispose();

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = instrument.Name;
        foreach (var tag in tags)
        {
            name += $" {tag.Value}";
        }

        told.Add((name, value));
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace EOrda.Portal.Tests.Support;

/// <summary>Listens to one counter of one portal, and keeps the value of one tag each time it counts.</summary>
internal sealed class Counted : IDisposable
{
    private readonly ConcurrentQueue<string?> tags = new();
    private readonly MeterListener listener = new();

    public Counted(TestPortal portal, string counter, string tag)
    {
        // The meters of a process know whose they are.
        var own = portal.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Name == counter && ReferenceEquals(instrument.Meter.Scope, own))
            {
                all.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, values, _) =>
        {
            foreach (var (name, value) in values)
            {
                if (name == tag)
                {
                    tags.Enqueue(value as string);
                }
            }
        });
        listener.Start();
    }

    /// <summary>What was counted so far.</summary>
    public IReadOnlyList<string?> Tags => [.. tags];

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();
}

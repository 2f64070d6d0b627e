using System.Diagnostics.Metrics;
using System.Globalization;
using EOrda.Actors;
using EOrda.Actors.Telemetry;
using EOrda.Portal.Telemetry;
using EOrda.Portal.Tests.Support;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>docs/operations.md names every bound with its default, and every measure.</summary>
public sealed class OperationsPageTests
{
    private static readonly string[] Lines = Docs.Read("operations.md").Split('\n');

    public static TheoryData<string> Bounds => [.. typeof(NodeOptions).GetProperties().Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Bounds))]
    public void A_bound_of_the_node_stands_on_the_page_with_its_default(string name)
    {
        var value = Written(typeof(NodeOptions).GetProperty(name)!.GetValue(new NodeOptions())!);
        Assert.Contains(Lines, line => line.StartsWith($"| `{name}`", StringComparison.Ordinal) && line.Split('|')[2].Trim() == value);
    }

    [Fact]
    public async Task Every_measure_stands_on_the_page()
    {
        var measures = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name is NodeTelemetry.MeterName or PortalMetrics.MeterName)
                {
                    lock (measures)
                    {
                        measures.Add(instrument.Name);
                    }
                }
            },
        };
        listener.Start();
        await using var portal = new TestPortal();
        await portal.StartAsync();
        await portal.ReadyAsync();
        lock (measures)
        {
            Assert.Contains("eorda.decisions", measures);
            Assert.All(measures, measure => Assert.Contains(Lines, line => line.StartsWith("| `eorda.", StringComparison.Ordinal) && line.Contains($"`{measure}`", StringComparison.Ordinal)));
        }
    }

    private static string Written(object value) => value switch
    {
        TimeSpan { TotalHours: >= 1 } time => $"{time.TotalHours} hours",
        TimeSpan { TotalMinutes: >= 1 } time => $"{time.TotalMinutes} minutes",
        TimeSpan { TotalSeconds: 1 } => "1 second",
        TimeSpan time => $"{time.TotalMilliseconds} ms",
        4 << 20 => "4 MiB",
        int number => number.ToString("N0", CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "A bound of a kind that the page does not write yet."),
    };
}

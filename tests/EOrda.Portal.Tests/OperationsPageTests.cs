using System.Diagnostics.Metrics;
using System.Globalization;
using EOrda.Actors.Telemetry;
using EOrda.Portal.Hosting;
using EOrda.Portal.Telemetry;
using EOrda.Portal.Tests.Support;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>docs/operations.md names every bound with its default, and every measure.</summary>
public sealed class OperationsPageTests
{
    private static readonly string[] InKilobytes = ["server:body", "server:bodyTaken", "server:requestLine", "server:headers", "live:unsent", "live:message"];
    private static readonly string[] Lines = Docs.Read("operations.md").Split('\n');

    public static TheoryData<string, string> Bounds
    {
        get
        {
            var bounds = new TheoryData<string, string>();
            foreach (var (section, type) in PortalBounds.Sections)
            {
                foreach (var property in type.GetProperties())
                {
                    bounds.Add(section, property.Name);
                }
            }

            return bounds;
        }
    }

    [Theory]
    [MemberData(nameof(Bounds))]
    public void A_bound_stands_on_the_page_with_its_default(string section, string name)
    {
        var type = PortalBounds.Sections[section];
        var set = type.GetProperty(name)!.GetValue(Activator.CreateInstance(type))!;
        var value = InKilobytes.Contains(Setting(section, name)) ? $"{(int)set / 1024} KB" : Written(set);
        Assert.Contains(Lines, line => line.StartsWith($"| `{Setting(section, name)}`", StringComparison.Ordinal) && line.Split('|')[2].Trim() == value);
    }

    [Theory]
    [MemberData(nameof(Bounds))]
    public void A_bound_is_an_option(string section, string name)
    {
        var type = PortalBounds.Sections[section];
        var (property, kind) = (type.GetProperty(name)!, type.GetProperty(name)!.PropertyType);
        var before = property.GetValue(Activator.CreateInstance(type))!;
        var (text, expected) = before is int number ? ($"{number - 1}", (object)(number - 1)) : ("2s", TimeSpan.FromSeconds(2));
        var configuration = new ConfigurationBuilder().AddCommandLine([$"--{Setting(section, name)}", text]).Build();
        Assert.Equal(expected, property.GetValue(SectionOf(PortalBounds.Read(configuration), type)));
        Assert.True(kind == typeof(int) || kind == typeof(TimeSpan));
    }

    [Fact]
    public void The_page_names_no_bound_that_is_none()
    {
        var known = Bounds.Select(row => Setting((string)row[0], (string)row[1])).ToHashSet(StringComparer.Ordinal);
        var named = Lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1])
            .Where(name => PortalBounds.Sections.Keys.Any(section => name.StartsWith(section + ":", StringComparison.Ordinal)));
        Assert.Empty(named.Except(known));
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

    private static string Setting(string section, string name) => $"{section}:{char.ToLowerInvariant(name[0])}{name[1..]}";

    private static object SectionOf(PortalBounds bounds, Type type) =>
        typeof(PortalBounds).GetProperties().Single(p => p.PropertyType == type).GetValue(bounds)!;

    private static string Written(object value) => value switch
    {
        TimeSpan { TotalHours: >= 1 } time => $"{time.TotalHours} hours",
        TimeSpan { TotalMinutes: >= 1, Seconds: 0 } time => $"{time.TotalMinutes} minutes",
        TimeSpan { TotalSeconds: 1 } => "1 second",
        TimeSpan { TotalSeconds: > 1 } time => $"{time.TotalSeconds} seconds",
        TimeSpan time => $"{time.TotalMilliseconds} ms",
        8 << 20 => "8 MiB",
        int number => number.ToString("N0", CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "A bound of a kind that the page does not write yet."),
    };
}

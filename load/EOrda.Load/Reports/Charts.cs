using EOrda.Load.Measures;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace EOrda.Load.Reports;

/// <summary>The report's plots, as SVG to stand in a page.</summary>
internal static class Charts
{
    private const double Width = 860;
    private const double Height = 300;
    private const double Step = Measure.StepMilliseconds / 1_000.0;

    /// <summary>What happened in each tenth of a second.</summary>
    public static string Timeline(Timeline line) => Svg(
        Plot("seconds after the release", "in a tenth of a second"),
        ("pressed", Points(line.Pressed)),
        ("answered", Points(line.Answered)),
        ("won", Points(line.Won)));

    /// <summary>Live updates in each tenth of a second.</summary>
    public static string Updates(Timeline line) => Svg(Plot("seconds after the release", "in a tenth of a second"), ("updates received", Points(line.Updates)));

    /// <summary>Durations by percentile; the axis stretches where the last ones are.</summary>
    public static string Percentiles(params (string Name, TimesView Times)[] all)
    {
        var plot = Plot("percentile", "milliseconds", isLogarithmic: true);
        plot.Axes[0].LabelFormatter = nines => nines <= 0 ? "0" : $"{100 * (1 - Math.Pow(10, -nines)):0.####}";
        plot.Axes[0].MajorStep = 1;
        return Svg(plot, [.. all.Where(a => a.Times.Count > 0).Select(a => (a.Name, Cumulative(a.Times)))]);
    }

    /// <summary>Offered against served.</summary>
    public static string Ramp(IReadOnlyList<PhaseReport> steps)
    {
        var byKind = steps.GroupBy(s => s.Name.Split(' ')[0]);
        return Svg(
            Plot("offered a second", "served a second"),
            [.. byKind.Select(kind => (kind.Key, kind.Select(s => new DataPoint(s.Offered!.Value, s.Served))))]);
    }

    /// <summary>The 99th percentile against what was offered.</summary>
    public static string RampTimes(IReadOnlyList<PhaseReport> steps) => Svg(
        Plot("offered a second", "99th percentile, milliseconds", isLogarithmic: true),
        [.. steps.GroupBy(s => s.Name.Split(' ')[0]).Select(kind => (kind.Key, kind.Select(s => new DataPoint(s.Offered!.Value, Math.Max(0.001, s.Measure.Of(Timed.Claim).P99)))))]);

    private static IEnumerable<DataPoint> Points(IReadOnlyList<int> line) => line.Select((count, i) => new DataPoint(i * Step, count));

    private static IEnumerable<DataPoint> Cumulative(TimesView times)
    {
        long before = 0;
        foreach (var bucket in times.Buckets)
        {
            // The x axis counts nines: 1 is 90 %, 2 is 99 %.
            yield return new DataPoint(-Math.Log10(1 - before / (double)times.Count), bucket[0] / 1_000.0);
            before += bucket[1];
        }
    }

    private static PlotModel Plot(string x, string y, bool isLogarithmic = false)
    {
        var plot = new PlotModel { PlotAreaBorderThickness = new OxyThickness(1, 0, 0, 1), DefaultFont = "sans-serif", DefaultFontSize = 12 };
        plot.Axes.Add(new LinearAxis { Position = AxisPosition.Bottom, Title = x, Minimum = 0, MajorGridlineStyle = LineStyle.Dot });
        plot.Axes.Add(isLogarithmic
            ? new LogarithmicAxis { Position = AxisPosition.Left, Title = y, MajorGridlineStyle = LineStyle.Dot }
            : new LinearAxis { Position = AxisPosition.Left, Title = y, Minimum = 0, MajorGridlineStyle = LineStyle.Dot });
        plot.Legends.Add(new Legend { LegendPosition = LegendPosition.TopRight });
        return plot;
    }

    private static string Svg(PlotModel plot, params (string Name, IEnumerable<DataPoint> Points)[] lines)
    {
        foreach (var (name, points) in lines)
        {
            var series = new LineSeries { Title = name, StrokeThickness = 1.5 };
            series.Points.AddRange(points);
            plot.Series.Add(series);
        }

        return new SvgExporter { Width = Width, Height = Height, IsDocument = false }.ExportToString(plot);
    }
}

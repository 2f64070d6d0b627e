using System.Globalization;

namespace EOrda.Load.Portal;

/// <summary>How many bytes the portal has allocated since its start, as it tells of itself at its listener for metrics.</summary>
internal static class PortalAllocation
{
    private const string Measure = "dotnet_gc_heap_total_allocated_bytes_total";

    /// <summary>Asks; null where the portal does not tell.</summary>
    /// <param name="api">Sends the question.</param>
    /// <param name="metrics">The portal's listener for metrics; null where it has none.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<double?> AskAsync(PortalApi api, Uri? metrics, CancellationToken cancel)
    {
        if (metrics is null)
        {
            return null;
        }

        var reply = await api.SendAsync(HttpMethod.Get, new Uri(metrics, "/metrics").AbsoluteUri, cancel: cancel);
        return reply.Status == 200 ? Read(System.Text.Encoding.UTF8.GetString(reply.Body)) : null;
    }

    /// <summary>Finds the measure in Prometheus text: its name, labels if any, and the number.</summary>
    public static double? Read(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(Measure, StringComparison.Ordinal) && line[Measure.Length..].IndexOf(' ') is var space and >= 0)
            {
                var rest = line[(Measure.Length + space + 1)..];
                var end = rest.IndexOf(' ');
                return double.Parse(end < 0 ? rest : rest[..end], NumberStyles.Float, CultureInfo.InvariantCulture);
            }
        }

        return null;
    }
}

using System.Globalization;

namespace EOrda.Load.Portal;

/// <summary>How many bytes the portal has allocated since its start, as it tells of itself at <c>/metrics</c>.</summary>
internal static class PortalAllocation
{
    private const string Measure = "dotnet_gc_heap_total_allocated_bytes_total";

    /// <summary>Asks; null where the portal does not tell.</summary>
    public static async Task<double?> AskAsync(PortalApi api, CancellationToken cancel)
    {
        var reply = await api.SendAsync(HttpMethod.Get, "/metrics", cancel: cancel);
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

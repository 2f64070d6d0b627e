using System.Diagnostics;
using System.Globalization;

namespace EOrda.Load.Portal;

/// <summary>The processes that do a portal's work.</summary>
/// <param name="Portal">The portal's own.</param>
/// <param name="Database">The first process of a database server that it uses, with whose children it counts; null where the portal is all (Linux only).</param>
internal sealed record PortalProcesses(int Portal, int? Database = null)
{
    // Fields of /proc/PID/stat after the name: the parent, own user and system time, the same of children that have ended, all in hundredths of a second.
    private const int ParentField = 1;
    private const int FirstTimeField = 11;
    private const int TimeFields = 4;
    private const double TicksPerSecond = 100;
    private const int KiloByte = 1_024;

    /// <summary>Processor time so far, seconds; of processes that are gone, none.</summary>
    public double CpuSeconds => (Look(Portal, p => p.TotalProcessorTime.TotalSeconds) ?? 0)
        + Servers().Sum(server => server.Stat.Skip(FirstTimeField).Take(TimeFields).Sum(Number) / TicksPerSecond);

    /// <summary>Memory now, bytes. What the processes of the database share is counted once.</summary>
    public long MemoryBytes => (Look(Portal, p => p.WorkingSet64) ?? 0) + Servers().Sum(server => ProportionalBytes(server.Process));

    /// <summary>The database server's first process and its children.</summary>
    private IEnumerable<(int Process, string[] Stat)> Servers()
    {
        if (Database is not { } first)
        {
            yield break;
        }

        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                && StatOf(process) is { } stat && (process == first || Number(stat[ParentField]) == first))
            {
                yield return (process, stat);
            }
        }
    }

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);

    private static string[]? StatOf(int process) => Read($"/proc/{process}/stat") is { } stat ? stat[(stat.LastIndexOf(')') + 2)..].Split(' ') : null;

    /// <summary>A process's memory with its part of what it shares with others.</summary>
    private static long ProportionalBytes(int process) =>
        Read($"/proc/{process}/smaps_rollup")?.Split('\n').FirstOrDefault(line => line.StartsWith("Pss:", StringComparison.Ordinal)) is { } line
            ? Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * KiloByte
            : 0;

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is somebody else's.
            return null;
        }
    }

    private static T? Look<T>(int process, Func<Process, T> look)
        where T : struct
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return look(found);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}

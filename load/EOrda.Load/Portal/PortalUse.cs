using System.Diagnostics;

namespace EOrda.Load.Portal;

/// <summary>What the portal's process used in a phase.</summary>
/// <param name="CpuSeconds">Processor time.</param>
/// <param name="Seconds">How long the phase took.</param>
/// <param name="MemoryBytes">Memory at the end of the phase.</param>
internal sealed record PortalUse(double CpuSeconds, double Seconds, long MemoryBytes)
{
    /// <summary>Begins to look at a process; null where none is known.</summary>
    public static Func<PortalUse>? Begin(int? process)
    {
        if (process is not { } id)
        {
            return null;
        }

        var cpu = Cpu(id);
        var begun = Stopwatch.GetTimestamp();
        return () => new PortalUse(Cpu(id) - cpu, Stopwatch.GetElapsedTime(begun).TotalSeconds, Memory(id));
    }

    /// <summary>The process's memory now; 0 when it is gone.</summary>
    public static long Memory(int process) => Look(process, p => p.WorkingSet64) ?? 0;

    private static double Cpu(int process) => Look(process, p => p.TotalProcessorTime.TotalSeconds) ?? 0;

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

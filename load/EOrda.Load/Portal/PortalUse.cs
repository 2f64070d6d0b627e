using System.Diagnostics;

namespace EOrda.Load.Portal;

/// <summary>What the portal's processes used in a phase.</summary>
/// <param name="CpuSeconds">Processor time.</param>
/// <param name="Seconds">How long the phase took.</param>
/// <param name="MemoryBytes">Memory at the end of the phase.</param>
internal sealed record PortalUse(double CpuSeconds, double Seconds, long MemoryBytes)
{
    /// <summary>Begins to look at processes; null where none are known.</summary>
    public static Func<PortalUse>? Begin(PortalProcesses? processes)
    {
        if (processes is null)
        {
            return null;
        }

        var cpu = processes.CpuSeconds;
        var begun = Stopwatch.GetTimestamp();
        return () => new PortalUse(processes.CpuSeconds - cpu, Stopwatch.GetElapsedTime(begun).TotalSeconds, processes.MemoryBytes);
    }
}

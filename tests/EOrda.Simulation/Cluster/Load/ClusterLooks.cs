using EOrda.Queues.Names;
using EOrda.Simulation.Load;

namespace EOrda.Simulation.Cluster.Load;

/// <summary>Those who look at queues.</summary>
internal sealed class ClusterLooks : ILooks
{
    /// <inheritdoc/>
    public void At(QueueKey queue, Town town, bool all = false)
    {
    }
}

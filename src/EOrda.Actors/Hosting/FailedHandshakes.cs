using Akka;
using Akka.Actor;
using Akka.Hosting;

namespace EOrda.Actors.Hosting;

/// <summary>
/// Akka shuts a node down when the TLS handshake of a connection that it opens fails, also where the other node only ended in the middle of it: restarting one node
/// could end another. That shutdown is held back until somebody means it: the node stops, or is out of its cluster.
/// </summary>
internal sealed class FailedHandshakes
{
    /// <summary>Lets the phase take as long as the node lives.</summary>
    public const string Settings = $"akka.coordinated-shutdown.phases.{CoordinatedShutdown.PhaseBeforeServiceUnbind}.timeout = 10000d";

    private readonly TaskCompletionSource isMeant = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The node stops.</summary>
    public void Stop() => isMeant.TrySetResult();

    /// <summary>Has an actor system's shutdown held back.</summary>
    public void HoldBack(ActorSystem system)
    {
        Akka.Cluster.Cluster.Get(system).RegisterOnMemberRemoved(Stop);
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "failed-handshake", async () =>
        {
            if (IsOfHandshake(shutdown.ShutdownReason))
            {
                await isMeant.Task;
            }

            return Done.Instance;
        });
    }

    // The reason's type is not public.
    private static bool IsOfHandshake(CoordinatedShutdown.Reason? reason) => reason?.GetType().Name == "TlsHandshakeFailureReason";
}

namespace EOrda.Simulation.Cluster.Nodes;

/// <summary>The settings of a simulated node's actor system: no threads, no loggers, no network, and the journal of the simulation.</summary>
internal static class NodeSettings
{
    /// <summary>The settings in Akka's language.</summary>
    public const string Text =
        """
        akka {
          loggers = []
          loglevel = WARNING
          stdout-loglevel = OFF
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          scheduler.implementation = "EOrda.Simulation.Cluster.Seeded.VirtualScheduler, EOrda.Simulation"
          coordinated-shutdown {
            run-by-clr-shutdown-hook = off
            run-by-actor-system-terminate = off
            exit-clr = off
          }
          actor {
            provider = "EOrda.Simulation.Cluster.Seeded.SimulatedProvider, EOrda.Simulation"
            default-dispatcher.type = "EOrda.Simulation.Cluster.Seeded.SeededDispatcherConfigurator, EOrda.Simulation"
            internal-dispatcher = akka.actor.default-dispatcher
            default-blocking-io-dispatcher = akka.actor.default-dispatcher
          }
          persistence {
            journal.plugin = simulated.journal
            snapshot-store.plugin = simulated.snapshots
            dispatchers {
              default-plugin-dispatcher = akka.actor.default-dispatcher
              default-replay-dispatcher = akka.actor.default-dispatcher
              default-stream-dispatcher = akka.actor.default-dispatcher
            }
          }
        }

        simulated {
          journal.class = "EOrda.Simulation.Cluster.Stored.JournalPlugin, EOrda.Simulation"
          snapshots.class = "EOrda.Simulation.Cluster.Stored.SnapshotPlugin, EOrda.Simulation"
        }
        """;
}

using Akka.Configuration;
using EOrda.Actors.Persistence;

namespace EOrda.Actors.Hosting;

/// <summary>The one place with Akka's settings, each with its reason.</summary>
internal static class ActorsSettings
{
    /// <summary>The settings for a node on a database.</summary>
    public static Config For(Database database) => ConfigurationFactory.ParseString(
        $$"""
        akka {
          # The portal's host stops the system; it has the last word on when sockets close.
          coordinated-shutdown.exit-clr = off

          persistence.journal {
            plugin = "akka.persistence.journal.pages"
            pages {
              class = "{{typeof(JournalActor).AssemblyQualifiedName}}"
              plugin-dispatcher = "akka.actor.default-dispatcher"
            }
          }

          # Snapshots only spare time: whoever asks for one of a database that is out must hear so at once.
          persistence.snapshot-store.sql.circuit-breaker {
            max-failures = 3
            call-timeout = 20s
            reset-timeout = 1s
          }

          # One page is one event; a replay of many must not starve the others.
          persistence.max-concurrent-recoveries = 50

          actor.default-dispatcher.throughput = 100

          cluster {
            min-nr-of-members = 1
            gossip-interval = 300ms
            failure-detector {
              heartbeat-interval = 500ms
              acceptable-heartbeat-pause = 2s
            }
            split-brain-resolver {
              stable-after = 3s
              down-all-when-unstable = 3s
            }
            sharding {
              use-dispatcher = "akka.actor.default-dispatcher"
              state-store-mode = ddata
              remember-entities = off
              distributed-data.durable.keys = []
              retry-interval = 500ms
              coordinator-failure-backoff = 1s
              handoff-timeout = 20s
              passivate-idle-entity-after = off
            }
          }

          remote.dot-netty.tcp.maximum-frame-size = 4000000b
        }
        """);
}

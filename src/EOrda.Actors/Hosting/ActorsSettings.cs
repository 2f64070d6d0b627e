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
          # What is said while no logger is there yet or any more.
          stdout-loglevel = WARNING

          # The portal's host stops the system; it has the last word on when sockets close.
          coordinated-shutdown.exit-clr = off

          # Akka's own way with SIGTERM would hand the shards over while requests are still being answered.
          coordinated-shutdown.run-by-clr-shutdown-hook = off

          persistence.journal {
            plugin = "akka.persistence.journal.pages"
            pages {
              class = "{{typeof(JournalActor).AssemblyQualifiedName}}"
              plugin-dispatcher = "akka.actor.default-dispatcher"
            }
          }

          # Whoever asks for a snapshot while the breaker lets one try through gets no reply at all, and waits for the end of its recovery's patience: the
          # breaker never opens. A database that is out is noticed by DatabaseHealth.
          persistence.snapshot-store.sql.circuit-breaker {
            max-failures = 1000000000
            call-timeout = 20s
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

            # A node that leaves can be gone before it has answered who takes the shards' coordinator over: asked every second, that takes 15 to 18 seconds.
            singleton.hand-over-retry-interval = 100ms

            sharding {
              use-dispatcher = "akka.actor.default-dispatcher"
              state-store-mode = ddata
              remember-entities = off
              distributed-data.durable.keys = []
              retry-interval = 500ms
              coordinator-failure-backoff = 1s

              # A shard that is on its way to or from a node that dies waits for the end of this.
              handoff-timeout = 8s
              passivate-idle-entity-after = off
            }
          }

          # Which nodes come and go is told in plain words.
          remote.log-remote-lifecycle-events = off

          remote.dot-netty.tcp.maximum-frame-size = 4000000b
        }
        """);
}

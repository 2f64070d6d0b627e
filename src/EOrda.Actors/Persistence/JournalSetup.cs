using Akka.Actor.Setup;
using EOrda.Actors.Telemetry;

namespace EOrda.Actors.Persistence;

/// <summary>What the journal's plugin works with; Akka makes the plugin by its class's name and gives it nothing.</summary>
/// <param name="database">Where the pages are stored.</param>
/// <param name="health">Whether the database takes them.</param>
/// <param name="time">The clock.</param>
internal sealed class JournalSetup(Database database, DatabaseHealth health, TimeProvider time) : Setup
{
    /// <summary>Where the pages are stored.</summary>
    public Database Database { get; } = database;

    /// <summary>Whether the database takes them.</summary>
    public DatabaseHealth Health { get; } = health;

    /// <summary>What is measured; null where nobody does.</summary>
    public ActorsMetrics? Metrics { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = time;
}

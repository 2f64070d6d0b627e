namespace EOrda.Actors.Telemetry;

/// <summary>What waits and runs at a node's door, whenever asked.</summary>
/// <param name="Waiting">Requests that wait for a reply.</param>
/// <param name="MostWaiting">Of them, those for the entity that most wait for.</param>
/// <param name="Watches">Watches that run.</param>
/// <param name="Processes">Commands over several entities that run.</param>
internal sealed record DoorLoad(Func<int> Waiting, Func<int> MostWaiting, Func<int> Watches, Func<int> Processes);

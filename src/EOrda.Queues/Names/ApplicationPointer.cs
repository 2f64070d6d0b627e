namespace EOrda.Queues.Names;

/// <summary>An application of a queue, by its registration number there.</summary>
public readonly record struct ApplicationPointer(QueueKey Queue, int Application);

namespace EOrda.Actors.Telemetry;

/// <summary>Under which names a node measures and traces. What is measured stands in docs/operations.md.</summary>
public static class NodeTelemetry
{
    /// <summary>The meter's name. Each node has a meter of its own.</summary>
    public const string MeterName = "EOrda.Actors";

    /// <summary>The name of the source of activities: each asked command whose caller is being recorded, from its mailbox to the disk.</summary>
    public const string SourceName = "EOrda.Actors";
}

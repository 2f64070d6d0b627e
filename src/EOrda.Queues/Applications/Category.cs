namespace EOrda.Queues.Applications;

/// <summary>The benefit an application stands under (льгота / жеңілдік; rules, sections 1 and 3).</summary>
public enum Category : byte
{
    /// <summary>Out of turn (внеочередная): ahead of everyone.</summary>
    OutOfTurn,

    /// <summary>First priority (первоочередная): merged with the general ones by the ratio.</summary>
    FirstPriority,

    /// <summary>On general grounds (на общих основаниях).</summary>
    General,
}

namespace EOrda.Queues;

/// <summary>What a queue must know of the world outside it to name the right reason.</summary>
public interface ITargets
{
    /// <summary>True when a kindergarten with this identifier is registered anywhere.</summary>
    bool IsKindergarten(string kindergarten);

    /// <summary>True when a place with this identifier is registered in any queue.</summary>
    bool IsPlace(string place);

    /// <summary>True where all steps of a process happen at one instant or not at all; false where each entity takes its own.</summary>
    bool AllAtOnce { get; }
}

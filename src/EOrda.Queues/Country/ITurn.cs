using EOrda.Queues.Steps;

namespace EOrda.Queues.Country;

/// <summary>One command's turn over the entities it touches, all at one instant: each takes its steps one after another. What happens in it happens together or not at all.</summary>
public interface ITurn
{
    /// <summary>Has the entity take the step.</summary>
    Reply Take(ProcessStep asked);
}

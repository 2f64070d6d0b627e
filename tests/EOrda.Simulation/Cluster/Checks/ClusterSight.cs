using EOrda.Queues.Time;

namespace EOrda.Simulation.Cluster.Checks;

/// <summary>What somebody saw of a queue: asked of the model at the same instant, it must be the same.</summary>
/// <param name="Entity">The queue's entity.</param>
/// <param name="At">The instant as of which.</param>
/// <param name="Seen">Questions, each with what was seen.</param>
internal sealed record ClusterSight(string Entity, Moment At, IReadOnlyList<(string Question, string Seen)> Seen);

using EOrda.Model.Time;
using NodaTime;

namespace EOrda.Model.Domain;

/// <summary>rules.md 1: a city, town or village that runs queues.</summary>
internal sealed class Locality(string name, DateTimeZone zone, LocalityRules rules)
{
    public string Name { get; } = name;

    public DateTimeZone Zone { get; } = zone;

    public LocalClock Clock { get; } = new(zone);

    /// <summary>The rules in force now; `amend` replaces them (rules.md 10).</summary>
    public LocalityRules Rules { get; set; } = rules;

    /// <summary>replay.md, Precisions, `carry`: the phase of each queue's pattern, by the queue's cohort.</summary>
    public Dictionary<QueueName, int> Phases { get; } = [];
}

/// <summary>rules.md 1: offers places of one kind in one locality.</summary>
internal sealed record Kindergarten(string Id, Locality Locality, string Kind);

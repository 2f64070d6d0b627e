namespace EOrda.Portal.Queues;

/// <summary>A parameter that an address's query may name several times, as the OpenAPI document describes it.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Most">How often it may be named.</param>
internal sealed record QueryList(string Name, string Meaning, int Most);

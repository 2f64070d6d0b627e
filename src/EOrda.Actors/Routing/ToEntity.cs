namespace EOrda.Actors.Routing;

/// <summary>A message to an entity, wherever it lives.</summary>
/// <param name="To">The entity.</param>
internal abstract record ToEntity(EntityAddress To) : IWireMessage;

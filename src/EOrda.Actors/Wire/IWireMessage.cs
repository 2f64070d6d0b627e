namespace EOrda.Actors.Wire;

/// <summary>A message that may cross from one node to another: it has a manifest and a format in <see cref="IWireMessage"/>.</summary>
internal interface IWireMessage;

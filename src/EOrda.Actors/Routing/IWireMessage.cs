namespace EOrda.Actors.Routing;

/// <summary>A message that may cross from one node to another: the wire has a manifest and a format for it.</summary>
internal interface IWireMessage;

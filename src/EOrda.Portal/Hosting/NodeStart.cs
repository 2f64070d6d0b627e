using EOrda.Actors;
using EOrda.Actors.Hosting;

namespace EOrda.Portal.Hosting;

/// <summary>Starts the node with the portal's settings and its bounds. It is disposed of when the portal has answered everything.</summary>
internal delegate Task<INode> NodeStart(PortalSettings settings, ActorsBounds bounds, TimeProvider time, ILoggerFactory logs, CancellationToken cancel);

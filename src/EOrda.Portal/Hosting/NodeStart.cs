using EOrda.Actors;

namespace EOrda.Portal.Hosting;

/// <summary>Starts the node on the portal's data directory, with its bounds. A node that can be disposed is disposed when the portal has answered everything.</summary>
internal delegate Task<IQueues> NodeStart(string data, NodeOptions bounds, TimeProvider time, ILoggerFactory logs);

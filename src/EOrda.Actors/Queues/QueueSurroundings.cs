using EOrda.Actors.Processes;
using EOrda.Actors.Routing;
using EOrda.Actors.Telemetry;

namespace EOrda.Actors.Queues;

/// <summary>What the queues of a node share beside the rules.</summary>
/// <param name="Regions">Where entities are reached.</param>
/// <param name="Addresses">The entities' addresses.</param>
/// <param name="Dues">What is measured of dues and deadlines.</param>
/// <param name="Processes">Runs the node's processes.</param>
internal sealed record QueueSurroundings(Regions Regions, EntityAddress.Book Addresses, DueReports Dues, ProcessRunner Processes);

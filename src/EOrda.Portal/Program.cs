using EOrda.Actors;
using EOrda.Actors.Sqlite;
using EOrda.Portal.Hosting;

return await PortalProcess.RunAsync(args, StartNode, Console.Error);

static async Task<IQueueNode> StartNode(string data, NodeOptions bounds, TimeProvider time, ILoggerFactory logs) =>
    await Node.Start(SqliteJournal.Open(data), bounds, time, logs);

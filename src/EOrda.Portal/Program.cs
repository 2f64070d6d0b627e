using EOrda.Actors;
using EOrda.Actors.Sqlite;
using EOrda.Portal.Hosting;
using EOrda.Portal.Live;
using EOrda.Queues;

SharedBuffers.Enlarge();
return await PortalProcess.RunAsync(args, StartNode, Console.Error);

static async Task<IQueues> StartNode(string data, NodeOptions bounds, TimeProvider time, ILoggerFactory logs)
{
    var log = logs.CreateLogger<JournalWarning>();
    var node = await Node.Start(SqliteJournal.Open(data, () => JournalWarning.Log(log, data)), bounds, time, logs);
    Precompiling.Begin(logs.CreateLogger(typeof(Precompiling)), () => LivePractice.Run(), typeof(Queue).Assembly, typeof(Node).Assembly, typeof(SqliteJournal).Assembly, typeof(PortalProcess).Assembly);
    return node;
}

using EOrda.Actors;
using EOrda.Actors.Hosting;
using EOrda.Actors.Persistence;
using EOrda.Portal.Hosting;
using EOrda.Portal.Live;
using EOrda.Queues;

SharedBuffers.Enlarge();
return await PortalProcess.RunAsync(args, StartNode, Console.Error);

static async Task<INode> StartNode(PortalSettings settings, ActorsBounds bounds, TimeProvider time, ILoggerFactory logs, CancellationToken cancel)
{
    var database = settings.Database is { } shared ? Database.PostgreSql(shared) : Database.Sqlite(settings.Data);
    var node = await ActorsNode.StartAsync(new ActorsOptions { Database = database, Cluster = settings.Cluster, Bounds = bounds }, time, logs, cancel);
    Precompiling.Begin(logs.CreateLogger(typeof(Precompiling)), () => LivePractice.Run(), typeof(Queue).Assembly, typeof(ActorsNode).Assembly, typeof(PortalProcess).Assembly);
    return node;
}

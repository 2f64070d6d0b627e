using EOrda.Actors;
using EOrda.Actors.Sqlite;
using EOrda.Portal.Hosting;

try
{
    var app = PortalApplication.Build(args, StartNode);
    var host = app.Services.GetRequiredService<NodeHost>();
    await app.RunAsync();
    return host.ExitCode;
}
catch (InvalidSettingException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}

static async Task<IQueueNode> StartNode(string data, TimeProvider time, ILoggerFactory logs) =>
    await Node.Start(SqliteJournal.Open(data), new NodeOptions(), time, logs);

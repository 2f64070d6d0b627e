using EOrda.Actors.Hosting;
using EOrda.Portal.Hosting;
using EOrda.Portal.Live;
using EOrda.Queues;

SharedBuffers.Enlarge();
return await PortalProcess.RunAsync(
    args,
    async (settings, bounds, time, logs, cancel) =>
    {
        var node = await OwnNode.StartAsync(settings, bounds, time, logs, cancel);
        Precompiling.Begin(logs.CreateLogger(typeof(Precompiling)), () => LivePractice.Run(), typeof(Queue).Assembly, typeof(ActorsNode).Assembly, typeof(PortalProcess).Assembly);
        return node;
    },
    Console.Error);

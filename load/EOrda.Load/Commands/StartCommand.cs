using System.CommandLine;
using System.Diagnostics;
using EOrda.Load.Portal;
using EOrda.Load.Scenarios;

namespace EOrda.Load.Commands;

/// <summary><c>start</c>: how long a portal takes to start on a country that is there already, until it answers, and until every queue does.</summary>
internal static class StartCommand
{
    private const int Unusable = 2;
    private const int QuestionsAtOnce = 16;

    public static Command Create()
    {
        var url = new Option<string>("--url") { Description = "Where the portal is to listen.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var waiting = new Option<int>("--waiting") { Description = "Applications.", DefaultValueFactory = _ => 1_000_000 };
        var queues = new Option<int>("--queues") { Description = "Queues that share them.", DefaultValueFactory = _ => 200 };
        var portal = new Option<string?>("--portal") { Description = "The portal's assembly to start (EOrda.Portal.dll)." };
        var command = new Command("start", "Fill a portal, stop it, start it again from its snapshots, and tell how long that took.") { url, waiting, queues, portal };
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                // One parent a queue, whose file tells the queues' names.
                var share = parsed.GetRequiredValue(queues);
                var city = new CityPlan { Parents = share, Queues = share, Waiting = Math.Max(0, parsed.GetRequiredValue(waiting) - share), Places = share };
                var scenario = ScenarioFile.Checked(new Scenario { Name = "start", City = city });
                await RunAsync(scenario, parsed.GetValue(portal), Permission.Read(parsed.GetRequiredValue(url)), cancel);
                return 0;
            }
            catch (Exception e) when (e is ScenarioException or IOException or HttpRequestException or OperationCanceledException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return Unusable;
            }
        });
        return command;
    }

    private static async Task RunAsync(Scenario scenario, string? assembly, Uri address, CancellationToken cancel)
    {
        var data = Directory.CreateTempSubdirectory("eorda-start-");
        try
        {
            var watch = Stopwatch.StartNew();
            await using (var filled = await PortalProcess.StartAsync(assembly, address, data.FullName, scenario, _ => { }, cancel))
            {
                Console.WriteLine($"filled: {scenario.City.Parents + scenario.City.Waiting:N0} applications in {scenario.City.Queues:N0} queues, {watch.Elapsed.TotalSeconds:N1} s");
                watch.Restart();
                await filled.StopAsync();
            }

            Console.WriteLine($"stopped, snapshots written: {watch.Elapsed.TotalSeconds:N1} s");
            watch.Restart();
            await using var started = await PortalProcess.StartAsync(assembly, address, data.FullName, scenario, _ => { }, cancel);
            Console.WriteLine($"started again, /health/ready answers: {watch.Elapsed.TotalSeconds:N1} s");
            var waiting = await AskEveryQueueAsync(address, Credentials.Read(started.CredentialsFile), cancel);
            var memory = new PortalProcesses(started.Id).MemoryBytes;
            Console.WriteLine($"every queue is in memory and has answered ({waiting:N0} wait): {watch.Elapsed.TotalSeconds:N1} s after the start, {memory / 1048576:N0} MB");
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    /// <summary>Asks each queue how many wait in it.</summary>
    private static async Task<long> AskEveryQueueAsync(Uri address, Credentials credentials, CancellationToken cancel)
    {
        var queues = credentials.Parents.Select(parent => parent.Queue).Distinct(StringComparer.Ordinal).ToList();
        using var api = new PortalApi(address, QuestionsAtOnce, new Budget(queues.Count));
        long waiting = 0;
        await Parallel.ForEachAsync(queues, new ParallelOptions { MaxDegreeOfParallelism = QuestionsAtOnce, CancellationToken = cancel }, async (queue, stop) =>
        {
            var order = await api.GetAsync($"/api/queues/{queue}/order?from=1&count=1", ContractsJson.Default.OrderAnswer, stop);
            Interlocked.Add(ref waiting, order.Total);
        });
        return waiting;
    }
}

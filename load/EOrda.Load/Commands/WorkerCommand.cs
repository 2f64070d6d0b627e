using System.CommandLine;
using EOrda.Load.Runs;
using EOrda.Load.Scenarios;

namespace EOrda.Load.Commands;

/// <summary><c>worker</c>: plays a part of a run that a coordinator leads.</summary>
internal static class WorkerCommand
{
    private const int Unusable = 2;

    public static Command Create()
    {
        var coordinator = new Option<string>("--coordinator") { Description = "The coordinator's address.", DefaultValueFactory = _ => "http://127.0.0.1:5090" };
        var permission = new Option<string?>("--permission") { Description = "What must be written to go to another machine than this one: \"I may load HOST\"." };
        var command = new Command("worker", "Play a part of a run that several processes share.") { coordinator, permission };
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                await Worker.RunAsync(Permission.Read(parsed.GetRequiredValue(coordinator)), parsed.GetValue(permission), cancel);
                return 0;
            }
            catch (Exception e) when (e is ScenarioException or HttpRequestException or OperationCanceledException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return Unusable;
            }
        });
        return command;
    }
}

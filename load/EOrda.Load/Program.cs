using System.CommandLine;
using EOrda.Load.Commands;

var root = new RootCommand("Rehearses the morning rush against a portal.") { WorkerCommand.Create(), CompareCommand.Create(), PeersCommand.Create(), StartCommand.Create() };
foreach (var command in new RunCommands().Create())
{
    root.Add(command);
}

return await root.Parse(args).InvokeAsync();

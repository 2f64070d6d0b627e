using System.CommandLine;
using EOrda.Cli.Backup;
using EOrda.Cli.Replay;
using EOrda.Cli.Seals;
using EOrda.Cli.Verification;

Command[] commands = [ReplayCommand.Create(), VerifyCommand.Create(), SealCommand.Create(), BackupCommand.Create()];
var options = commands.SelectMany(command => command.Options.Select(option => $"{command.Name} {option.Name}: {option.Description}"));
var root = new RootCommand($"eorda: the queue engine's tools. Their options: {string.Join(' ', options)}");
foreach (var command in commands)
{
    root.Add(command);
}

return root.Parse(args).Invoke();

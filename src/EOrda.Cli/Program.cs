using System.CommandLine;
using EOrda.Cli.Backup;
using EOrda.Cli.Replay;
using EOrda.Cli.Verification;

var root = new RootCommand("eorda: the queue engine's tools.") { ReplayCommand.Create(), VerifyCommand.Create(), BackupCommand.Create() };
return root.Parse(args).Invoke();

using System.CommandLine;
using EOrda.Cli.Replay;
using EOrda.Cli.Verification;

var root = new RootCommand("eorda: the queue engine's tools.") { ReplayCommand.Create(), VerifyCommand.Create() };
return root.Parse(args).Invoke();

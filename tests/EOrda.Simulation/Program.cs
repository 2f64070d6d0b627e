using System.CommandLine;
using EOrda.Simulation;

var seed = new Option<int?>("--seed") { Description = "one seed" };
var seeds = new Option<string?>("--seeds") { Description = "seeds from A to B, written A..B" };
var minutes = new Option<double?>("--minutes") { Description = "as many seeds as so many minutes allow" };
var mutant = new Option<string?>("--mutant") { Description = "a deliberate bug by name; a failure is then the wish" };
var mutants = new Option<bool>("--mutants") { Description = "every deliberate bug, each until a seed finds it, as a table" };
var cluster = new Option<bool>("--cluster") { Description = "a cluster of Akka nodes in place of the one node" };
var command = new RootCommand("Runs the node on virtual time with faults, from seeds, and checks its promises.") { seed, seeds, minutes, mutant, mutants, cluster };
command.SetAction(parsed => parsed.GetValue(mutants)
    ? MutantTable.Print(Console.Out, Simulated.Of(parsed.GetValue(cluster)))
    : SeedRuns.Run(Console.Out, Simulated.Of(parsed.GetValue(cluster)), parsed.GetValue(seed), parsed.GetValue(seeds), parsed.GetValue(minutes), parsed.GetValue(mutant)));
return await command.Parse(args).InvokeAsync();

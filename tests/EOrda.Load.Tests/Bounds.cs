using EOrda.Load.Commands;
using EOrda.Load.Portal;
using EOrda.Load.Scenarios;
using Spectre.Console;
using Xunit;

namespace EOrda.Load.Tests;

/// <summary>Where the tool refuses, and where it stops.</summary>
public sealed class Bounds
{
    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://127.9.9.9:5080")]
    [InlineData("http://[::1]:5080")]
    [InlineData("http://localhost:5080")]
    public void This_machine_may_be_loaded(string address) => Permission.Check(new Uri(address), written: null);

    [Theory]
    [InlineData("http://192.0.2.1:5080", null)]
    [InlineData("http://portal.example:5080", null)]
    [InlineData("http://localhost.example:5080", null)]
    [InlineData("http://portal.example:5080", "yes")]
    [InlineData("http://portal.example:5080", "I may load other.example")]
    [InlineData("https://127.0.0.1:5080", null)]
    public void Another_may_not_unless_it_is_written_which(string address, string? written) =>
        Assert.Throws<ScenarioException>(() => Permission.Check(new Uri(address), written));

    [Fact]
    public void What_the_operator_writes_names_the_machine() => Permission.Check(new Uri("http://portal.example:5080"), "I may load portal.example");

    [Fact]
    public async Task A_run_against_another_machine_ends_before_anything_is_sent()
    {
        var options = new RunOptions { Address = new Uri("http://192.0.2.1:5080"), Listen = new Uri("http://127.0.0.1:5090"), Credentials = "not read", Report = "not written" };
        var refusal = await Assert.ThrowsAsync<ScenarioException>(() => Rehearsal.RunAsync(ScenarioFile.Read("rush"), options, AnsiConsole.Console, CancellationToken.None));
        Assert.Contains("--permission \"I may load 192.0.2.1\"", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_has_only_so_many_requests()
    {
        var budget = new Budget(2);
        budget.Take();
        budget.Take();
        Assert.Throws<BudgetSpentException>(budget.Take);
    }

    [Theory]
    [InlineData("rush")]
    [InlineData("day")]
    [InlineData("watch")]
    [InlineData("soak")]
    [InlineData("ramp")]
    [InlineData("hostile")]
    [InlineData("peers-rush")]
    [InlineData("peers-ramp")]
    public void The_scenarios_that_come_with_the_tool_are_in_their_bounds(string name) =>
        Assert.Equal(name, ScenarioFile.Checked(ScenarioFile.Read(name)).Name);

    [Fact]
    public void A_scenario_out_of_its_bounds_is_refused_by_the_number_at_fault()
    {
        var rush = ScenarioFile.Read("rush");
        Assert.StartsWith("city.places", Refusal(rush with { City = rush.City with { Places = -1 } }), StringComparison.Ordinal);
        Assert.StartsWith("press.spreadSeconds", Refusal(rush with { Press = rush.Press with { SpreadSeconds = double.NaN } }), StringComparison.Ordinal);
        Assert.StartsWith("press.thinkSeconds", Refusal(rush with { Press = rush.Press with { ThinkSeconds = [2, 1] } }), StringComparison.Ordinal);
        Assert.StartsWith("city.places of a queue", Refusal(rush with { City = rush.City with { Places = 500 * rush.City.Queues + 1 }, Arrival = rush.Arrival with { Live = LiveKind.Poll } }), StringComparison.Ordinal);
        Assert.StartsWith("bounds.connections", Refusal(rush with { Bounds = rush.Bounds with { Connections = 100 } }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_a_word_that_nobody_knows_is_refused()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, """{"name":"x","city":{"parents":10},"prss":{}}""");
            Assert.Contains("prss", Assert.Throws<ScenarioException>(() => ScenarioFile.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Refusal(Scenario scenario) => Assert.Throws<ScenarioException>(() => ScenarioFile.Checked(scenario)).Message;
}

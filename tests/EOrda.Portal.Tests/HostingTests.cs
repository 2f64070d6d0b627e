using EOrda.Actors;
using EOrda.Portal.Tests.Support;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>How the portal starts, fails and stops.</summary>
public sealed class HostingTests
{
    [Fact]
    public async Task Until_the_node_is_there_the_portal_lives_but_is_not_ready()
    {
        var start = new TaskCompletionSource();
        await using var portal = new TestPortal { BeforeStart = start.Task };
        await portal.StartAsync();
        Assert.Equal((200, """{"status":"live"}"""), await Look("/health/live"));
        Assert.Equal((503, """{"status":"starting"}"""), await Look("/health/ready"));
        var early = await portal.Get("/api/time");
        Assert.Equal((503, "starting"), (early.Status, early.Reason));
        Assert.NotNull(early.Response.Headers.RetryAfter);
        Assert.Equal(200, (await portal.Get("/")).Status);

        start.SetResult();
        await portal.ReadyAsync();
        Assert.Equal((200, """{"status":"ready"}"""), await Look("/health/ready"));
        Assert.Equal(200, (await portal.Get("/api/time")).Status);
        Assert.Contains(portal.Http.BaseAddress!.ToString().TrimEnd('/'), portal.Said, StringComparison.Ordinal);

        async Task<(int, string)> Look(string address)
        {
            var reply = await portal.Get(address);
            return (reply.Status, reply.Text);
        }
    }

    [Fact]
    public async Task A_data_directory_in_use_is_told_and_ends_the_portal()
    {
        await using var first = new TestPortal();
        await first.InitializeAsync();
        await using var second = new TestPortal { Data = first.Data };
        await second.StartAsync();
        await second.StoppedAsync();
        Assert.Contains("in use by another process", second.Said, StringComparison.Ordinal);
        Assert.Equal(1, second.ExitCode);
    }

    [Theory]
    [InlineData("busy", 503, 3)]
    [InlineData("not-recorded", 503, 2)]
    [InlineData("outcome-unknown", 503, 1)]
    [InlineData("internal", 500, null)]
    public async Task A_failure_of_the_node_is_told_without_its_inside(string reason, int status, int? retryAfter)
    {
        await using var portal = new TestPortal();
        await portal.InitializeAsync();
        portal.ItIs(7);
        portal.Node.BeforeAsk = _ => throw (reason switch
        {
            "busy" => new BusyException("inside", TimeSpan.FromSeconds(2.5)),
            "not-recorded" => new NotRecordedException("inside", TimeSpan.FromSeconds(2)),
            "outcome-unknown" => new OutcomeUnknownException("inside"),
            _ => new InvalidOperationException("inside"),
        });
        var reply = await portal.Reserve("A-1", "P-1", key: "press");
        Assert.Equal((status, reason), (reply.Status, reply.Reason));
        Assert.Equal(retryAfter, reply.Response.Headers.RetryAfter?.Delta?.TotalSeconds);
        Assert.DoesNotContain("inside", reply.Text, StringComparison.Ordinal);

        portal.Node.BeforeAsk = _ => Task.CompletedTask;
        Assert.Equal(200, (await portal.Reserve("A-1", "P-1", key: "press")).Status);
    }

    [Fact]
    public async Task Stopping_answers_what_was_asked_and_lets_the_node_go_last()
    {
        await using var portal = new TestPortal();
        await portal.InitializeAsync();
        portal.ItIs(7);
        TaskCompletionSource reached = new(), goOn = new();
        portal.Node.BeforeAsk = _ =>
        {
            reached.SetResult();
            return goOn.Task;
        };
        var asked = portal.Reserve("A-1", "P-1");
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(2));
        var stopping = portal.StopAsync();
        await portal.StoppingAsync();
        Assert.False(portal.Node.Disposed.Task.IsCompleted);
        goOn.SetResult();
        Assert.Equal(200, (await asked).Status);
        await stopping;
        Assert.True(portal.Node.Disposed.Task.IsCompleted);
    }

    [Fact]
    public async Task What_was_reserved_is_there_after_a_restart()
    {
        await using var first = new TestPortal { KeepData = true };
        await first.InitializeAsync();
        first.ItIs(7);
        var reserved = await first.Reserve("A-1", "P-1", key: "press");
        var secret = first.SecretOf("A-1");
        await first.StopAsync();

        await using var second = new TestPortal { Data = first.Data };
        second.Clock.SetUtcNow(first.Clock.GetUtcNow());
        await second.StartAsync();
        await second.ReadyAsync();
        Assert.Equal(secret, second.SecretOf("A-1"));
        Assert.Equal(reserved.Text, (await second.Reserve("A-1", "P-1", key: "press")).Text);
    }
}

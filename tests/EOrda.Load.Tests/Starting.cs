using EOrda.Actors;
using EOrda.Load.Portal;
using EOrda.Load.Scenarios;
using EOrda.Portal.Hosting;
using EOrda.Portal.Rehearsal;
using EOrda.Queues.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace EOrda.Load.Tests;

/// <summary>The portal's option for a rehearsal, and the file of parents.</summary>
public sealed class Starting
{
    [Fact]
    public void A_size_is_read_and_what_is_not_named_has_its_default() =>
        Assert.Equal(new RehearsalSize(20, 0, 2, 7), RehearsalSize.Parse("parents=20, queues=2,window=7"));

    [Theory]
    [InlineData("parents=0", "parents is a whole number")]
    [InlineData("parents=many", "parents is a whole number")]
    [InlineData("people=5", "'people' is none of")]
    [InlineData("parents=3,queues=4", "more queues than parents")]
    public void A_size_that_cannot_be_is_refused(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<InvalidSettingException>(() => RehearsalSize.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--environment", "Production", "--rehearsal", "parents=5")]
    [InlineData("--environment", "Development", "--rehearsal", "parents=5", "--clock", "06:58")]
    public void A_rehearsal_is_for_Development_and_has_its_own_clock(params string[] arguments) =>
        Assert.StartsWith("--rehearsal", Assert.Throws<InvalidSettingException>(() => PortalApplication.Build(arguments, (_, _, _, _, _) => throw new InvalidOperationException())).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_loaded_rehearsal_goes_on_from_its_clock_and_one_of_another_size_is_refused()
    {
        var data = Directory.CreateTempSubdirectory("eorda-load-");
        try
        {
            var (first, later) = (await StartAsync(data.FullName, "parents=12,queues=2"), await StartAsync(data.FullName, "parents=12,queues=2"));
            Assert.InRange(later.Now.UnixMilliseconds, first.Now.UnixMilliseconds, first.Now.PlusHours(1).UnixMilliseconds);
            Assert.Equal((0, "", 1), (later.ExitCode, later.Said, later.Localities));
            var other = await StartAsync(data.FullName, "parents=12,queues=12");
            Assert.Equal(1, other.ExitCode);
            Assert.Contains("another size", other.Said, StringComparison.Ordinal);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_file_of_parents_is_read_with_or_without_a_token()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "{\"queue\":\"a/general/2022\",\"application\":\"A\",\"secret\":\"s\"}\n");
            Assert.Null(Credentials.Read(path).Token);
            File.WriteAllText(path, "{\"token\":\"t\"}\n" + File.ReadAllText(path));
            var read = Credentials.Read(path);
            Assert.Equal(("t", new Credential("a/general/2022", "A", "s")), (read.Token, Assert.Single(read.Parents)));
            File.AppendAllText(path, "{\"queue\"\n");
            Assert.Throws<ScenarioException>(() => Credentials.Read(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<(int ExitCode, string Said, Moment Now, int Localities)> StartAsync(string data, string size)
    {
        var errors = new StringWriter();
        await using var app = PortalApplication.Build(
            ["--urls", "http://127.0.0.1:0", "--data", data, "--environment", "Development", "--rehearsal", size],
            OwnNode.StartAsync,
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton(new StartupConsole(TextWriter.Null, errors));
            });
        var host = app.Services.GetRequiredService<NodeHost>();
        await app.StartAsync();
        await host.ExecuteTask!;
        var (now, localities) = (host.Node.Now, (await host.Node.Directory()).Localities.Count);
        await app.StopAsync();
        return (host.ExitCode, errors.ToString(), now, localities);
    }
}

using EOrda.Portal.Administration;
using EOrda.Portal.Hosting;
using EOrda.Portal.Tests.Support;
using Xunit;

namespace EOrda.Portal.Tests.Staff;

/// <summary>The command lines that make a link for an administrator.</summary>
public sealed class AdministratorLinkTests
{
    [Fact]
    public async Task The_link_of_the_first_administrator_is_printed_and_may_be_asked_for_again()
    {
        using var data = new TemporaryDirectory();
        var first = await Run("--data", data.Path, "--first-administrator", "aigerim", "Айгерим С.");
        var again = await Run("--first-administrator", "aigerim", "Айгерим С.", "--data", data.Path);
        Assert.Equal((0, 0), (first.Code, again.Code));
        Assert.StartsWith("http://localhost:5080/staff#", first.Said, StringComparison.Ordinal);
        Assert.NotEqual(first.Said.Split('\n')[0], again.Said.Split('\n')[0]);
    }

    [Fact]
    public async Task A_bad_login_and_an_administrator_whom_nobody_knows_are_told_in_words()
    {
        using var data = new TemporaryDirectory();
        var bad = await Run("--data", data.Path, "--first-administrator", "А", "Name");
        var unknown = await Run("--data", data.Path, "--recover-administrator", "nobody");
        Assert.Equal((1, 1), (bad.Code, unknown.Code));
        Assert.Contains("The login is not acceptable", bad.Errors, StringComparison.Ordinal);
        Assert.Contains("There is no such account", unknown.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--first-administrator")]
    [InlineData("--first-administrator", "aigerim")]
    [InlineData("--first-administrator", "aigerim", "--data")]
    [InlineData("--recover-administrator")]
    [InlineData("--first-administrator", "aigerim", "Name", "--nonsense", "x")]
    public async Task A_command_line_that_lacks_something_or_has_too_much_is_refused(params string[] args) =>
        await Assert.ThrowsAsync<InvalidSettingException>(() => Run(args));

    private static async Task<(int Code, string Said, string Errors)> Run(params string[] args)
    {
        await using StringWriter said = new(), errors = new();
        return (await AdministratorLink.RunAsync(args, said, errors), said.ToString(), errors.ToString());
    }
}

using System.Diagnostics;

namespace EOrda.Reliability.Tests.Support;

/// <summary>The program <c>eorda</c> as a process of its own.</summary>
internal static class Eorda
{
    /// <summary>Runs <c>eorda verify</c> on a data directory.</summary>
    public static async Task<Verified> VerifyAsync(string data, params string[] options)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "eorda.dll"), "verify", data, .. options])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return new Verified(process.ExitCode, output + await errors);
    }
}

/// <summary>How a verification ended, and all that it said.</summary>
internal sealed record Verified(int ExitCode, string Said);

using System.Data.Common;
using System.Net.Sockets;
using EOrda.Accounts.Keys;
using EOrda.Actors;
using EOrda.Actors.Persistence;
using EOrda.Portal.Administration;

namespace EOrda.Portal.Hosting;

/// <summary>The portal as a process: runs until it is told to stop; what keeps it from starting is one line for the person who started it.</summary>
internal static class PortalProcess
{
    /// <summary>Runs the portal.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="start">Starts the node.</param>
    /// <param name="errors">Where a failure is told.</param>
    /// <param name="adjust">What a test puts in place of something.</param>
    /// <returns>The exit code: 0 after a stop that was asked for, 1 when the portal could not start.</returns>
    public static async Task<int> RunAsync(string[] args, NodeStart start, TextWriter errors, Action<WebApplicationBuilder>? adjust = null)
    {
        if (CommandLine.AsksForHelp(args))
        {
            OptionsHelp.Write(Console.Out);
            return 0;
        }

        try
        {
            if (AdministratorLink.IsAskedFor(args))
            {
                return await AdministratorLink.RunAsync(args, Console.Out, errors);
            }

            await using var app = PortalApplication.Build(args, start, adjust);
            await StartAsync(app);
            await app.WaitForShutdownAsync();
            return app.Services.GetRequiredService<NodeHost>().ExitCode;
        }
        catch (Exception e) when (IsExpected(e))
        {
            await errors.WriteLineAsync($"The portal could not start: {FirstLine(e.Message)}");
            return 1;
        }
    }

    /// <summary>True for what has its cause outside the portal (settings, disk, port), so that its message says enough.</summary>
    public static bool IsExpected(Exception e) =>
        e is InvalidSettingException or IOException or UnauthorizedAccessException or InvalidDataException or OutcomeUnknownException or DbException or UnsafeJournalException or AccountsStartException;

    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // The address is well written, and yet: not one of this machine's, a port for others, https without a certificate.
            throw new InvalidSettingException($"--urls: '{app.Configuration[WebHostDefaults.ServerUrlsKey]}' cannot be listened on: {FirstLine(e.Message)}");
        }
    }

    private static string FirstLine(string text) => text.AsSpan().EnumerateLines() is var lines && lines.MoveNext() ? lines.Current.ToString() : text;
}

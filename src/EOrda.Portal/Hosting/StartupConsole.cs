using EOrda.Queues.Time;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace EOrda.Portal.Hosting;

/// <summary>Tells the person who started the portal how it goes, and where to look.</summary>
internal sealed class StartupConsole(TextWriter output, TextWriter errors)
{
    private readonly Lock gate = new();
    private int shown = -1;

    /// <summary>True when progress can overwrite its own line.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>The loading has come so far.</summary>
    public void Loading(int done, int total)
    {
        var percent = total == 0 ? 100 : (int)(100L * done / total);
        lock (gate)
        {
            // A terminal sees every per cent in one line, a log file a line each quarter.
            var step = IsTerminal ? percent : percent / 25 * 25;
            if (step == shown)
            {
                return;
            }

            shown = step;
            var line = $"Loading the demonstration city: {step,3} %";
            if (IsTerminal)
            {
                output.Write(percent == 100 ? $"\r{line}{Environment.NewLine}" : $"\r{line}");
            }
            else
            {
                output.WriteLine(line);
            }
        }
    }

    /// <summary>The portal can be used.</summary>
    public void Ready(IServer server, string data, Moment now, bool demonstrationTime, string? metrics)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        lock (gate)
        {
            output.WriteLine($"The portal is ready: {string.Join(", ", addresses)}");
            output.WriteLine($"  data   {data}");
            output.WriteLine($"  clock  {now}{(demonstrationTime ? " (demonstration time)" : "")}");
            if (metrics is not null)
            {
                output.WriteLine($"  metrics  {metrics}");
            }

            output.WriteLine("Ctrl+C stops it.");
        }
    }

    /// <summary>The portal ends by itself.</summary>
    public void Ended(string reason)
    {
        lock (gate)
        {
            errors.WriteLine($"The portal has stopped: {reason}");
        }
    }

    /// <summary>The portal cannot be used.</summary>
    public void Failed(string reason)
    {
        lock (gate)
        {
            errors.WriteLine($"The portal could not start: {reason}");
        }
    }
}

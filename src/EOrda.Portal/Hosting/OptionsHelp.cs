using System.Globalization;
using System.Reflection;

namespace EOrda.Portal.Hosting;

/// <summary>What <c>--help</c> prints: every option with its default. What each bound means stands in docs/operations.md.</summary>
internal static class OptionsHelp
{
    private const int NameWidth = 34;

    /// <summary>The options that are no bounds, as <c>docs/operations.md</c> has them too.</summary>
    public static readonly IReadOnlyList<(string Name, string Meaning)> Settings =
    [
        ("urls", $"where to listen, several with ';' ({PortalSettings.DefaultAddress}); in Development on this machine's own address only"),
        ("data", "the data directory (./data)"),
        ("database", "a PostgreSQL database for the journal, Host=…;Database=…;Username=… (a file in the data directory)"),
        ("cluster:listen", "host:port on which this node listens for the others (no others)"),
        ("cluster:seeds", "host:port of the nodes that others join, with ',', the same on all"),
        ("cluster:certificate", "this node's certificate and key, PEM"),
        ("cluster:authority", "who must have signed every node's certificate, PEM"),
        ("metrics", "where measures are given, for example http://127.0.0.1:9464 (nowhere)"),
        ("proxies", "reverse proxies whose X-Forwarded-For is believed: addresses and networks with ';' (none)"),
        ("origins", "sites besides the portal's own whose pages may open live connections, with ';' (none)"),
        ("first-administrator", "LOGIN \"NAME\": prints the link by which the first administrator enrols, and ends"),
        ("recover-administrator", "LOGIN: prints a new link for an administrator who lost password or authenticator, and ends"),
        ("insecure", "plain HTTP on addresses that others reach; needs no value (false)"),
        ("environment", "Production or Development; Development runs a demonstration and gives its secrets away (Production)"),
        ("clock", "demonstration time, HH:mm, Development only (the real time)"),
        ("rehearsal", "a made-up city for the load tool, Development only: parents=…,waiting=…,queues=…,window=… (none)"),
    ];

    /// <summary>Prints all of it.</summary>
    public static void Write(TextWriter to)
    {
        to.WriteLine("The portal of the kindergarten queues. Options are '--name value', environment variables (name__part), or in appsettings.json.");
        to.WriteLine();
        foreach (var (name, meaning) in Settings)
        {
            Line(to, name, meaning);
        }

        to.WriteLine();
        to.WriteLine("Bounds, each with its default (docs/operations.md says what happens at it):");
        foreach (var (section, type) in PortalBounds.Sections)
        {
            var defaults = Activator.CreateInstance(type);
            foreach (var bound in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
            {
                Line(to, $"{section}:{char.ToLowerInvariant(bound.Name[0])}{bound.Name[1..]}", Text(bound.GetValue(defaults)!));
            }
        }

        to.WriteLine();
        to.WriteLine("Logging, telemetry (OTEL_…) and .NET have variables of their own: docs/operations.md, \"Settings\".");
    }

    private static void Line(TextWriter to, string name, string text) => to.WriteLine($"  --{name.PadRight(NameWidth)} {text}");

    private static string Text(object value) => value is TimeSpan time ? BoundSettings.Text(time) : string.Create(CultureInfo.InvariantCulture, $"{value}");
}

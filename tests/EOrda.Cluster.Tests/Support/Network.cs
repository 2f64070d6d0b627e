using System.Diagnostics;

namespace EOrda.Cluster.Tests.Support;

/// <summary>
/// A network of its own for the nodes, each in a network namespace, so that one can be cut off from the others while everybody else still reaches it.
/// Where none can be made the nodes listen on this machine's own address.
/// </summary>
internal sealed class Network : IDisposable
{
    private const string Nowhere = "02:00:00:00:00:99";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Lazy<string?> WhyNone = new(Try);

    private readonly string name = $"eo{Environment.ProcessId % 100_000}";
    private readonly string prefix = $"10.213.{Environment.ProcessId % 250}";
    private readonly int nodes;

    private Network(int nodes)
    {
        this.nodes = nodes;
        Ip("link", "add", name, "type", "bridge");
        Ip("addr", "add", $"{OwnAddress}/24", "dev", name);
        Ip("link", "set", name, "up");
        for (var node = 0; node < nodes; node++)
        {
            var space = Space(node);
            Ip("netns", "add", space);
            Ip("link", "add", space, "type", "veth", "peer", "name", "e0", "netns", space);
            Ip("link", "set", space, "master", name, "up");
            Ip("-n", space, "link", "set", "lo", "up");
            Ip("-n", space, "addr", "add", $"{AddressOf(node)}/24", "dev", "e0");
            Ip("-n", space, "link", "set", "e0", "up");
        }
    }

    /// <summary>Why this machine lets no network be made; null when it lets.</summary>
    public static string? Missing => WhyNone.Value;

    /// <summary>Makes a network, or none where the machine does not let.</summary>
    public static Network? For(int nodes) => Missing is null ? new Network(nodes) : null;

    /// <summary>This machine's own address in the network.</summary>
    public string OwnAddress => $"{prefix}.254";

    /// <summary>The address of a node.</summary>
    public string AddressOf(int node) => $"{prefix}.{node + 1}";

    /// <summary>What starts a program in the namespace of a node.</summary>
    public string[] Inside(int node) => ["ip", "netns", "exec", Space(node)];

    /// <summary>Whatever the node sends to another node gets lost from now on; the database and callers are reached as before.</summary>
    public void Cut(int node)
    {
        foreach (var other in Enumerable.Range(0, nodes).Where(other => other != node))
        {
            Ip("-n", Space(node), "neigh", "replace", AddressOf(other), "lladdr", Nowhere, "dev", "e0", "nud", "permanent");
            Ip("-n", Space(other), "neigh", "replace", AddressOf(node), "lladdr", Nowhere, "dev", "e0", "nud", "permanent");
        }
    }

    /// <summary>Ends what <see cref="Cut"/> began.</summary>
    public void Heal(int node)
    {
        foreach (var other in Enumerable.Range(0, nodes).Where(other => other != node))
        {
            Ip("-n", Space(node), "neigh", "del", AddressOf(other), "dev", "e0");
            Ip("-n", Space(other), "neigh", "del", AddressOf(node), "dev", "e0");
        }
    }

    public void Dispose()
    {
        for (var node = 0; node < nodes; node++)
        {
            Ip("netns", "del", Space(node));
        }

        Ip("link", "del", name);
    }

    private static string? Try()
    {
        try
        {
            using (new Network(1))
            {
                return null;
            }
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"no network namespaces here: {e.Message}";
        }
    }

    private static void Ip(params string[] arguments)
    {
        using var run = Process.Start(new ProcessStartInfo("ip", arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var errors = run.StandardError.ReadToEndAsync();
        if (!run.WaitForExit(Patience) || run.ExitCode != 0)
        {
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {errors.GetAwaiter().GetResult().Trim()}");
        }
    }

    private string Space(int node) => $"{name}n{node}";
}

/// <summary>A test that needs a network that can be cut; skipped where none can be made.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NetworkFactAttribute : FactAttribute
{
    /// <summary>Looks whether one can be made.</summary>
    public NetworkFactAttribute() => Skip = Network.Missing;
}

using EOrda.Actors.Hosting;
using EOrda.Portal.Admission;
using EOrda.Portal.Live;

namespace EOrda.Portal.Hosting;

/// <summary>Every bound of the portal and its node (docs/operations.md, "Bounds"), each an option with a default.</summary>
/// <param name="Node">The node's: <c>--node:…</c>.</param>
/// <param name="Server">Connections and requests: <c>--server:…</c>.</param>
/// <param name="Admission">What is let in: <c>--admission:…</c>.</param>
/// <param name="Live">Live connections: <c>--live:…</c>.</param>
internal sealed record PortalBounds(ActorsBounds Node, ServerLimits Server, AdmissionLimits Admission, LiveLimits Live)
{
    /// <summary>The names of the sections, each with what it is read into.</summary>
    public static readonly IReadOnlyDictionary<string, Type> Sections = new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        ["node"] = typeof(ActorsBounds),
        ["server"] = typeof(ServerLimits),
        ["admission"] = typeof(AdmissionLimits),
        ["live"] = typeof(LiveLimits),
    };

    /// <summary>Reads the bounds.</summary>
    /// <exception cref="InvalidSettingException">One is not what it should be.</exception>
    public static PortalBounds Read(IConfiguration configuration) => new(
        BoundSettings.Read<ActorsBounds>(configuration, "node"),
        BoundSettings.Read<ServerLimits>(configuration, "server"),
        BoundSettings.Read<AdmissionLimits>(configuration, "admission"),
        BoundSettings.Read<LiveLimits>(configuration, "live"));
}

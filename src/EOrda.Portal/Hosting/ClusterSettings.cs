using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EOrda.Actors.Hosting;

namespace EOrda.Portal.Hosting;

/// <summary>Reads how the node joins others: <c>--cluster:listen</c>, <c>--cluster:seeds</c>, <c>--cluster:certificate</c>, <c>--cluster:authority</c>.</summary>
internal static class ClusterSettings
{
    private const string Section = "cluster";
    private static readonly string[] Names = ["listen", "seeds", "certificate", "authority"];

    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="database">What <c>--database</c> says: nodes share one.</param>
    /// <returns>Null for a node that is alone.</returns>
    /// <exception cref="InvalidSettingException">One is missing or not what it should be.</exception>
    public static ClusterMembership? Read(IConfiguration configuration, string? database)
    {
        var section = configuration.GetSection(Section);
        foreach (var setting in section.GetChildren())
        {
            if (!Names.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
            {
                throw new InvalidSettingException($"--{Section}:{setting.Key}: there is no such option.");
            }
        }

        if (!section.GetChildren().Any())
        {
            return null;
        }

        if (database is null)
        {
            throw new InvalidSettingException($"--{Section}: nodes share a PostgreSQL database; name it with --database.");
        }

        var (host, port) = Address("listen", Needed(section, "listen"));
        var seeds = Needed(section, "seeds").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var seed in seeds)
        {
            Address("seeds", seed);
        }

        return new ClusterMembership
        {
            Host = host,
            Port = port,
            Seeds = seeds,
            Certificate = Certificate("certificate", Needed(section, "certificate"), path => X509Certificate2.CreateFromPemFile(path)),
            Authority = Certificate("authority", Needed(section, "authority"), X509CertificateLoader.LoadCertificateFromFile),
        };
    }

    private static string Needed(IConfigurationSection section, string name) =>
        section[name] is { Length: > 0 } value ? value : throw new InvalidSettingException($"--{Section}:{name}: needed for a node of a cluster (docs/operations.md, \"Several nodes\").");

    private static (string Host, int Port) Address(string name, string text) => ClusterMembership.TrySplit(text, out var host, out var port)
        ? (host, port)
        : throw new InvalidSettingException($"--{Section}:{name}: '{text}' is not host:port.");

    private static X509Certificate2 Certificate(string name, string path, Func<string, X509Certificate2> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidSettingException($"--{Section}:{name}: '{path}' cannot be read as PEM: {e.Message}");
        }
    }
}

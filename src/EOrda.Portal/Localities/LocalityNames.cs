using System.Collections.Frozen;

namespace EOrda.Portal.Localities;

/// <summary>
/// What people call localities and the profiles of sanatorium queues. The rules know both by their keys only. Read by many threads; what the portal's database says is
/// put over what it was made with (<see cref="Replace"/>).
/// </summary>
internal sealed class LocalityNames(IReadOnlyList<NamedLocality> known, IEnumerable<NamedProfile> profiles)
{
    private volatile FrozenDictionary<string, NamedLocality> localities = known.ToFrozenDictionary(l => l.Locality);
    private readonly FrozenDictionary<string, NamedProfile> profiles = profiles.ToFrozenDictionary(p => p.Profile);

    /// <summary>A locality with its names and letters; null when the portal was not told of it.</summary>
    public NamedLocality? FindLocality(string locality) => localities.GetValueOrDefault(locality);

    /// <summary>Takes what the database has.</summary>
    public void Replace(IEnumerable<NamedLocality> stored)
    {
        var all = known.ToDictionary(l => l.Locality);
        foreach (var locality in stored)
        {
            all[locality.Locality] = locality;
        }

        localities = all.ToFrozenDictionary();
    }

    /// <summary>A profile with its names and code; null when the portal was not told of it.</summary>
    public NamedProfile? FindProfile(string profile) => profiles.GetValueOrDefault(profile);
}

/// <summary>What something is called in Kazakh, Russian and English.</summary>
internal sealed record Name(string Kk, string Ru, string En);

/// <summary>A locality, its letters in the numbers of referrals (<c>АЛМ</c>), and its name.</summary>
internal sealed record NamedLocality(string Locality, string Letters, Name Name);

/// <summary>A profile of sanatorium queues, its code in the numbers of referrals, and its name.</summary>
internal sealed record NamedProfile(string Profile, string Code, Name Name);

using System.Collections.Frozen;
using EOrda.Queues.Names;

namespace EOrda.Portal.Localities;

/// <summary>
/// What people call the kindergartens and where they are. The rules know them by their identifiers only. Read by many threads; what the portal's database says is put
/// over what it was made with (<see cref="Replace"/>).
/// </summary>
internal sealed class KindergartenNames(IReadOnlyList<NamedKindergarten> known)
{
    private volatile FrozenDictionary<string, NamedKindergarten> byIdentifier = known.ToFrozenDictionary(k => k.Kindergarten);

    /// <summary>What is known of a kindergarten; null for nothing.</summary>
    public NamedKindergarten? Find(string kindergarten) => byIdentifier.GetValueOrDefault(kindergarten);

    /// <summary>A kindergarten with what is known of it.</summary>
    public KindergartenView Describe(string kindergarten, Kind kind)
    {
        var named = Find(kindergarten);
        return new KindergartenView(kindergarten, kind, named?.Name, named?.Address, named?.Latitude, named?.Longitude, named?.Ownership);
    }

    /// <summary>Takes what the database has.</summary>
    public void Replace(IEnumerable<NamedKindergarten> stored)
    {
        var all = known.ToDictionary(k => k.Kindergarten);
        foreach (var kindergarten in stored)
        {
            all[kindergarten.Kindergarten] = kindergarten;
        }

        byIdentifier = all.ToFrozenDictionary();
    }
}

/// <summary>A kindergarten's name, address and position, and whose it is (<c>state</c> or <c>private</c>); what is not known is null.</summary>
internal sealed record NamedKindergarten(string Kindergarten, Name Name, Name? Address, double? Latitude, double? Longitude, string? Ownership = null);

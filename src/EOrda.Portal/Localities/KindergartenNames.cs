using System.Collections.Frozen;
using EOrda.Queues.Names;

namespace EOrda.Portal.Localities;

/// <summary>What people call the kindergartens and where they are. The rules know them by their identifiers only.</summary>
internal sealed class KindergartenNames(IEnumerable<NamedKindergarten> known)
{
    private readonly FrozenDictionary<string, NamedKindergarten> byIdentifier = known.ToFrozenDictionary(k => k.Kindergarten);

    /// <summary>A kindergarten with what is known of it.</summary>
    public KindergartenView Describe(string kindergarten, Kind kind)
    {
        var named = byIdentifier.GetValueOrDefault(kindergarten);
        return new KindergartenView(kindergarten, kind, named?.Name, named?.Address, named?.Latitude, named?.Longitude);
    }
}

/// <summary>A kindergarten's name, address and position.</summary>
internal sealed record NamedKindergarten(string Kindergarten, Name Name, Name Address, double Latitude, double Longitude);

using EOrda.Portal.Localities;

namespace EOrda.Portal.Administration.Database;

/// <summary>What a locality is called.</summary>
internal sealed class LocalityRow
{
    public required string Locality { get; init; }

    public required string Letters { get; set; }

    public required string NameKk { get; set; }

    public required string NameRu { get; set; }

    public required string NameEn { get; set; }

    public NamedLocality ToNamed() => new(Locality, Letters, new Name(NameKk, NameRu, NameEn));
}

/// <summary>What a kindergarten is called, where it is and whose.</summary>
internal sealed class KindergartenRow
{
    public required string Kindergarten { get; init; }

    public required string Locality { get; init; }

    public required string NameKk { get; set; }

    public required string NameRu { get; set; }

    public required string NameEn { get; set; }

    public string? AddressKk { get; set; }

    public string? AddressRu { get; set; }

    public string? AddressEn { get; set; }

    public double? Latitude { get; set; }

    public double? Longitude { get; set; }

    public string? Ownership { get; set; }

    public static KindergartenRow Of(string locality, NamedKindergarten named) => new()
    {
        Kindergarten = named.Kindergarten,
        Locality = locality,
        NameKk = named.Name.Kk,
        NameRu = named.Name.Ru,
        NameEn = named.Name.En,
        AddressKk = named.Address?.Kk,
        AddressRu = named.Address?.Ru,
        AddressEn = named.Address?.En,
        Latitude = named.Latitude,
        Longitude = named.Longitude,
        Ownership = named.Ownership,
    };

    public NamedKindergarten ToNamed() => new(
        Kindergarten,
        new Name(NameKk, NameRu, NameEn),
        AddressRu is null ? null : new Name(AddressKk!, AddressRu, AddressEn!),
        Latitude,
        Longitude,
        Ownership);
}

/// <summary>Where an amendment of a locality's rules stands. The numbers are stored: a number's meaning never changes.</summary>
internal enum AmendmentState
{
    /// <summary>To come.</summary>
    Pending = 0,

    /// <summary>The queues have taken it.</summary>
    Decided = 1,

    /// <summary>The queues have refused it.</summary>
    Refused = 2,

    /// <summary>Withdrawn before its instant.</summary>
    Withdrawn = 3,
}

/// <summary>An amendment of a locality's rules.</summary>
internal sealed class AmendmentRow
{
    /// <summary>Made of the caller's key; the key under which the queues decide it too.</summary>
    public required Guid Id { get; init; }

    public required string Locality { get; init; }

    /// <summary>The changes, as they were asked for, in JSON.</summary>
    public required string Changes { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public required Guid AskedBy { get; init; }

    public AmendmentState State { get; set; }
}

/// <summary>A number that rises with each change of a name, so that other nodes see that they have to read them anew.</summary>
internal sealed class NamesVersion
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    public long Version { get; set; }
}

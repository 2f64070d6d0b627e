using EOrda.Portal.Localities;
using EOrda.Portal.Problems;
using EOrda.Queues.Names;

namespace EOrda.Portal.Administration;

/// <summary>A kindergarten that has been read: its identifier, kind and what it is called.</summary>
internal sealed record KindergartenDraft(Kind Kind, NamedKindergarten Named)
{
    private const int MostLatitude = 90;
    private const int MostLongitude = 180;

    /// <summary>Reads a kindergarten.</summary>
    /// <exception cref="BadInputException">A field is not what it should be.</exception>
    public static KindergartenDraft Read(RegisterRequest request) => new(
        KindOf("kind", request.Kind),
        new NamedKindergarten(
            Identifier("kindergarten", request.Kindergarten),
            LocalityAdministrationEndpoints.NameOf("name", request.Name),
            request.Address is { } address ? LocalityAdministrationEndpoints.NameOf("address", address) : null,
            Degrees("latitude", request.Latitude, MostLatitude, request.Longitude is not null),
            Degrees("longitude", request.Longitude, MostLongitude, request.Latitude is not null),
            OwnershipOf("ownership", request.Ownership)));

    private static string Identifier(string field, string text) =>
        PlainText.IsIdentifier(text) ? text : throw new BadInputException(field, Fault.NotAnAsciiIdentifier(PlainText.LongestIdentifier));

    private static Kind KindOf(string field, string text) =>
        Words.TryParse(text, out Kind kind) ? kind : throw new BadInputException(field, Fault.NotAKind);

    private static string? OwnershipOf(string field, string? text) =>
        text is null or "state" or "private" ? text : throw new BadInputException(field, Fault.NotAnOwnership);

    private static double? Degrees(string field, double? degrees, int most, bool isNeeded) =>
        (degrees is { } given ? Math.Abs(given) <= most : !isNeeded) ? degrees : throw new BadInputException(field, Fault.NotDegrees(-most, most));
}

using System.Globalization;
using EOrda.Portal.Problems;

namespace EOrda.Portal.Queues;

/// <summary>A whole number in an address's query: read by the handler, and described in the OpenAPI document, by the same object.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Least">The least value.</param>
/// <param name="Most">The greatest value.</param>
/// <param name="Default">The value where it is not given.</param>
internal sealed record QueryNumber(string Name, string Meaning, int Least, int Most, int Default)
{
    private readonly BadInputResult wrong = new(Name, Fault.NotANumber(Least, Most));

    /// <summary>Reads it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="number">The number.</param>
    /// <returns>The answer where it is not a whole number in its bounds, else null. Anybody may send anything here, so nothing is thrown.</returns>
    public IResult? Read(HttpContext context, out int number)
    {
        var given = context.Request.Query[Name];
        number = Default;
        return given.Count == 0
            || (given.Count == 1 && int.TryParse(given[0], NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= Least && number <= Most)
            ? null
            : wrong;
    }
}

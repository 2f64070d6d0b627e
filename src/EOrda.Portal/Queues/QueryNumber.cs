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
    /// <summary>Reads it.</summary>
    /// <exception cref="BadInputException">It is not a whole number in its bounds.</exception>
    public int Read(HttpContext context)
    {
        var given = context.Request.Query[Name];
        if (given.Count == 0)
        {
            return Default;
        }

        return given.Count == 1 && int.TryParse(given[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= Least && number <= Most
            ? number
            : throw new BadInputException(Name, Fault.NotANumber(Least, Most));
    }
}

using EOrda.Portal.Problems;
using EOrda.Portal.Queues;
using EOrda.Queues.Names;

namespace EOrda.Portal.Applications;

/// <summary>
/// The siblings that a look names, <c>?sibling=2023/ALM-26-3TWP-8HKA&amp;sibling=…</c>: each by its cohort and number, in the locality and kind of the address. Their
/// secrets are not asked for: whether they are the same applicant's is what their queues say.
/// </summary>
internal static class NamedSiblings
{
    /// <summary>How many may be named beside the application itself, here and in a reservation.</summary>
    public const int Most = 7;

    /// <summary>The parameter as the OpenAPI document describes it.</summary>
    public static readonly QueryList Parameter = new(Name, "a sibling's application as cohort/number, of the same locality and kind", Most);

    private const string Name = "sibling";

    /// <summary>Reads them; none when none is named.</summary>
    /// <exception cref="BadInputException">There are too many, or one cannot be an application.</exception>
    public static IReadOnlyList<(QueueKey Queue, string Application)> Read(HttpContext context, QueueKey own)
    {
        var given = context.Request.Query[Name];
        if (given.Count > Most)
        {
            throw new BadInputException(Name, Fault.HowManySiblings(Most));
        }

        var named = new List<(QueueKey, string)>(given.Count);
        foreach (var text in given)
        {
            var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
            if (slash < 0 || !QueueKey.TryCreate(own.Locality, Words.Of(own.Kind), text![..slash], out var queue) || !Identifier.IsPlausible(text[(slash + 1)..]))
            {
                throw new BadInputException(Name, Fault.NotASibling);
            }

            named.Add((queue, text[(slash + 1)..]));
        }

        return named;
    }
}

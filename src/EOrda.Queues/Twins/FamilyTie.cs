using NodaTime;

namespace EOrda.Queues.Twins;

/// <summary>By what it shows whether children are siblings who may be tied into a batch (rules, section 9; 000: 15-25).</summary>
/// <param name="Applicant">The applicant's identifier: personal data, for no answer and no log.</param>
/// <param name="Born">The child's birth date.</param>
public readonly record struct FamilyTie(string Applicant, LocalDate Born)
{
    /// <summary>How far apart siblings may be born; fixed, no parameter of a locality.</summary>
    private const int MonthsBetweenSiblings = 1;

    /// <summary>True when all are of one applicant and were born no more than one month apart. One locality and kind is the caller's matter.</summary>
    /// <param name="ties">One or more.</param>
    public static bool AreSiblings(IReadOnlyList<FamilyTie> ties)
    {
        LocalDate earliest = ties[0].Born, latest = ties[0].Born;
        foreach (var (applicant, born) in ties)
        {
            if (applicant != ties[0].Applicant)
            {
                return false;
            }

            earliest = LocalDate.Min(earliest, born);
            latest = LocalDate.Max(latest, born);
        }

        return latest <= earliest.PlusMonths(MonthsBetweenSiblings);
    }
}

using System.Text.RegularExpressions;

namespace EOrda.Model.Domain;

/// <summary>rules.md 1: a queue is one per locality, kind and cohort, written `almaty/general/2022`.</summary>
internal sealed partial record QueueName(string Locality, string Kind, string Cohort)
{
    public override string ToString() => $"{Locality}/{Kind}/{Cohort}";

    /// <summary>replay.md, Precisions, "Queue text": the three parts, or null. The first of them is judged by the caller, before the others.</summary>
    public static QueueName? Split(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 3 ? new QueueName(parts[0], parts[1], parts[2]) : null;
    }

    /// <summary>replay.md, Precisions, "Queue text": a known kind, and a cohort of four digits or a profile slug.</summary>
    public bool HasKindAndCohort() => Kind switch
    {
        Domain.Kind.General or Domain.Kind.Special => Year().IsMatch(Cohort),
        Domain.Kind.Sanatorium => Slug().IsMatch(Cohort),
        _ => false,
    };

    [GeneratedRegex(@"\A[0-9]{4}\z", RegexOptions.None, 1000)]
    private static partial Regex Year();

    [GeneratedRegex(@"\A[A-Za-z0-9-]+\z", RegexOptions.None, 1000)]
    private static partial Regex Slug();
}

using EOrda.Portal.Problems;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.PeerPortal.Database;

/// <summary>What a command was answered, now or when its key was first asked.</summary>
/// <param name="Reason">The word of a refusal; null for a yes.</param>
/// <param name="Given">The place reserved, or the referral.</param>
/// <param name="Until">Until when, or from when the place can be taken again.</param>
internal readonly record struct Decision(string? Reason, string? Given, Moment? Until)
{
    private const string KeyReused = "key-reused";

    private static readonly Dictionary<string, Reason> Reasons = Enum.GetValues<Reason>().ToDictionary(Words.Of, StringComparer.Ordinal);

    /// <summary>The problem of a refusal, or what a yes is answered with.</summary>
    /// <exception cref="ProblemException">The key was asked for something else before.</exception>
    public IResult Or(Func<Decision, IResult> yes) => Reason switch
    {
        null => yes(this),
        KeyReused => throw new ProblemException(Problem.KeyReused),
        var word => ProblemResult.Of(Reasons[word]),
    };
}

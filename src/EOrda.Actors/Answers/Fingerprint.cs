using EOrda.Queues;
using EOrda.Queues.Rules;

namespace EOrda.Actors.Answers;

/// <summary>64 bits that tell one command from another, so that a key cannot be used for two. Written to the journal: never changes.</summary>
internal static class Fingerprint
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Of(Command command) => command switch
    {
        Reserve c => Hash(1, c.Application, c.Place, c.Kindergarten),
        Confirm c => Hash(2, c.Application),
        Drop c => Hash(3, c.Application),
        Cancel c => Hash(4, c.Application),
        Extend c => Hash(5, c.Application, $"{c.Days}"),
        Verify c => Hash(6, c.Application, $"{c.Approve}"),
        Enrol c => Hash(7, c.Application),
        Refuse c => Hash(8, c.Application),
        Leave c => Hash(9, c.Application),
        Review c => Hash(10, c.Application, $"{c.Approve}"),
        ChangeCategory c => Hash(11, c.Application, $"{c.Category}"),
        Prolong c => Hash(12, c.Application),
        Withdraw c => Hash(13, c.Application),
        RevokePlace c => Hash(14, c.Place),
        ReserveBatch c => Hash(15, [c.Kindergarten, .. c.Applications]),
        Submit c => Hash(16, c.Queue, c.Application, c.Child, $"{c.Born:uuuu-MM-dd}", c.Applicant, $"{c.Category}", $"{c.Submitted}", $"{c.UnderReview}"),
        FreePlace c => Hash(17, c.Place, c.Kindergarten, c.Queue, $"{c.Age}"),
        CleanUp c => Hash(18, c.Locality),
        RegisterKindergarten c => Hash(19, c.Kindergarten, c.Locality, $"{c.Kind}"),
        SetRules c => Hash(20, c.Locality, Written(c.Rules)),
        AmendRules c => Hash(21, c.Locality, Written(c.Changes)),
        Transfer c => Hash(22, c.Application, c.Applicant),
        Correct c => Hash(23, c.Application, $"{c.Born:uuuu-MM-dd}"),
        _ => throw new ArgumentException($"No fingerprint for {command.GetType().Name}.", nameof(command)),
    };

    private static string Written(RulesDraft draft) => System.Text.Json.JsonSerializer.Serialize(draft);

    private static ulong Hash(byte kind, params ReadOnlySpan<string?> texts)
    {
        var hash = (Offset ^ kind) * Prime;
        foreach (var text in texts)
        {
            foreach (var letter in text ?? "\u0001")
            {
                hash = (hash ^ letter) * Prime;
            }

            // What ends a text occurs in none that a command can carry twice over.
            hash = (hash ^ 0xFFFF) * Prime;
        }

        return hash;
    }
}

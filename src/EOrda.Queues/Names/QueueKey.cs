using System.Buffers;

namespace EOrda.Queues.Names;

/// <summary>Names one queue: locality, kind and cohort, written <c>almaty/general/2022</c> (rules, section 1).</summary>
/// <param name="Locality">The locality's key; no slash in it.</param>
/// <param name="Kind">The kind of the queue.</param>
/// <param name="Cohort">Four digits (birth year) for general and special; letters, digits and '-' (a profile) for sanatorium.</param>
public sealed record QueueKey(string Locality, Kind Kind, string Cohort)
{
    private static readonly SearchValues<char> ProfileCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    /// <summary>The birth year of a general or special queue.</summary>
    public int Year => int.Parse(Cohort);

    /// <summary>True where categories order the queue; in the other kinds submission alone does (001: 18, 19).</summary>
    public bool UsesCategories => Kind == Kind.General;

    /// <summary>Reads <c>locality/kind/cohort</c>. False when it has not three parts, an unknown kind or a cohort that does not suit the kind.</summary>
    public static bool TryParse(string text, out QueueKey key)
    {
        key = null!;
        return TrySplit(text, out var locality, out var kindText, out var cohort)
            && TryCreate(locality, kindText, cohort, out key);
    }

    /// <summary>Splits the text at its slashes. False when it has not exactly three parts.</summary>
    public static bool TrySplit(string text, out string locality, out string kind, out string cohort)
    {
        var first = text.IndexOf('/');
        var second = first < 0 ? -1 : text.IndexOf('/', first + 1);
        if (second < 0 || text.IndexOf('/', second + 1) >= 0)
        {
            (locality, kind, cohort) = ("", "", "");
            return false;
        }

        (locality, kind, cohort) = (text[..first], text[(first + 1)..second], text[(second + 1)..]);
        return true;
    }

    /// <summary>Makes a key of its parts. False for an unknown kind or a cohort that does not suit it.</summary>
    public static bool TryCreate(string locality, string kindText, string cohort, out QueueKey key)
    {
        key = null!;
        if (!Words.TryParse(kindText, out Kind kind))
        {
            return false;
        }

        var suits = kind == Kind.Sanatorium
            ? cohort.Length is > 0 and <= 64 && !cohort.AsSpan().ContainsAnyExcept(ProfileCharacters)
            : cohort.Length == 4 && !cohort.AsSpan().ContainsAnyExceptInRange('0', '9');
        if (suits)
        {
            key = new QueueKey(locality, kind, cohort);
        }

        return suits;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Locality}/{Words.Of(Kind)}/{Cohort}";
}

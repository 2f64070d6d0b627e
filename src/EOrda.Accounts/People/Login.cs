namespace EOrda.Accounts.People;

/// <summary>The login of a member of staff: 3 to 64 of a–z, 0–9, dot, hyphen, underscore and @.</summary>
public static class Login
{
    private const int Shortest = 3;

    /// <summary>The longest, in characters.</summary>
    public const int Longest = 64;

    private static readonly System.Buffers.SearchValues<char> Allowed = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_@");

    /// <summary>Trims, lowers and checks.</summary>
    public static bool TryRead(string? text, out string login)
    {
        login = "";
        if (text is null or { Length: > Longest * 2 })
        {
            return false;
        }

        var lowered = text.Trim().ToLowerInvariant();
        if (lowered.Length is < Shortest or > Longest || lowered.AsSpan().ContainsAnyExcept(Allowed))
        {
            return false;
        }

        login = lowered;
        return true;
    }
}

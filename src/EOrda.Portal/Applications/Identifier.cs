namespace EOrda.Portal.Applications;

/// <summary>The bounds of an identifier that comes from outside.</summary>
internal static class Identifier
{
    /// <summary>The longest identifier, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>True when something could be named so: 1 to 64 characters, none of them a control character.</summary>
    public static bool IsPlausible(string text) => text.Length is > 0 and <= MaxLength && !text.Any(char.IsControl);
}

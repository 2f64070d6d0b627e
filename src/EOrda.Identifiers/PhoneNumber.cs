using System.Diagnostics.CodeAnalysis;

namespace EOrda.Identifiers;

/// <summary>A phone number in the international form (E.164): a plus and 8 to 15 digits, the first not 0.</summary>
/// <remarks>What people type is brought into this form by whoever asks them. As text it is masked, so that no log shows it: <see cref="International"/> has it in full.</remarks>
public readonly record struct PhoneNumber
{
    private const int FewestDigits = 8;
    private const int MostDigits = 15;

    private readonly string? _international;

    private PhoneNumber(string international) => _international = international;

    /// <summary>The number with its plus, for example +77010000000.</summary>
    /// <exception cref="InvalidOperationException">This is the default value, which is no number.</exception>
    public string International => _international ?? throw new InvalidOperationException("A phone number that was never read has no digits.");

    /// <summary>Reads a number in the international form.</summary>
    /// <exception cref="FormatException">It is none. The message does not repeat it.</exception>
    public static PhoneNumber Parse(string text) =>
        TryParse(text, out var number) ? number : throw new FormatException("Not a phone number in the international form (+ and 8 to 15 digits).");

    /// <summary>Reads a number in the international form.</summary>
    /// <returns>False when it is none.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PhoneNumber number)
    {
        number = default;
        var digits = text.AsSpan();
        if (digits.IsEmpty || digits[0] != '+')
            return false;
        digits = digits[1..];
        if (digits.Length is < FewestDigits or > MostDigits || digits[0] == '0' || digits.ContainsAnyExceptInRange('0', '9'))
            return false;
        number = new PhoneNumber(text!);
        return true;
    }

    /// <summary>The last two digits behind asterisks.</summary>
    public override string ToString() => _international is null ? "no phone number" : $"+*********{_international[^2..]}";
}

using System.Diagnostics.CodeAnalysis;

namespace EOrda.Identifiers;

/// <summary>An individual identification number (ИИН / ЖСН) that obeys the published rule of its digits (rules, section 4).</summary>
/// <remarks>Whether it was ever given to anybody only the state's register of persons knows. As text it is masked, so that no log shows it: <see cref="Digits"/> has it in full.</remarks>
public readonly record struct Iin
{
    /// <summary>How many digits it has.</summary>
    public const int Length = 12;

    private readonly string? _digits;

    private Iin(string digits, DateOnly born)
    {
        _digits = digits;
        Born = born;
    }

    /// <summary>The twelve digits.</summary>
    /// <exception cref="InvalidOperationException">This is the default value, which is no number.</exception>
    public string Digits => _digits ?? throw new InvalidOperationException("An IIN that was never read has no digits.");

    /// <summary>The birth date that digits 1 to 7 name. It may differ from the true one, which is no fault of the number.</summary>
    public DateOnly Born { get; }

    /// <summary>The sex that digit 7 names: odd is male.</summary>
    public Sex Sex => (Digits[6] - '0') % 2 == 1 ? Sex.Male : Sex.Female;

    /// <summary>Reads a number; white space around it is passed over.</summary>
    /// <exception cref="FormatException">It is none. The message names the fault and not the number.</exception>
    public static Iin Parse(string text) =>
        Read(text, out var iin) is { } fault ? throw new FormatException($"Not an IIN: {fault}.") : iin;

    /// <summary>Reads a number; white space around it is passed over.</summary>
    /// <returns>False when it is none.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Iin iin) => Read(text, out iin) is null;

    /// <summary>Reads a number and says what is wrong with one that is none.</summary>
    /// <param name="text">What somebody wrote.</param>
    /// <param name="iin">The number, where there is no fault.</param>
    /// <returns>The fault, or null.</returns>
    public static IinFault? Read(string? text, out Iin iin)
    {
        iin = default;
        var digits = text.AsSpan().Trim();
        if (digits.Length != Length || digits.ContainsAnyExceptInRange('0', '9'))
            return IinFault.NotTwelveDigits;
        if (digits[6] is < '1' or > '6' || !TryReadDate(digits, out var born))
            return IinFault.NoBirthDate;
        if (IinCheckDigit.Of(digits[..(Length - 1)]) != digits[Length - 1] - '0')
            return IinFault.CheckDigit;
        iin = new Iin(digits.ToString(), born);
        return null;
    }

    /// <summary>The last two digits behind asterisks.</summary>
    public override string ToString() => _digits is null ? "no IIN" : $"**********{_digits[^2..]}";

    private static bool TryReadDate(ReadOnlySpan<char> digits, out DateOnly born)
    {
        born = default;
        var year = 1800 + ((digits[6] - '1') / 2 * 100) + int.Parse(digits[..2]);
        var month = int.Parse(digits[2..4]);
        var day = int.Parse(digits[4..6]);
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        born = new DateOnly(year, month, day);
        return true;
    }
}

/// <summary>What is wrong with a text that is no IIN.</summary>
public enum IinFault
{
    /// <summary>It has not exactly twelve digits, or has other characters.</summary>
    NotTwelveDigits,

    /// <summary>Its first seven digits name no birth date.</summary>
    NoBirthDate,

    /// <summary>Its last digit is not the check digit of those before: most often one digit was mistyped.</summary>
    CheckDigit,
}

/// <summary>The sex as the registers have it.</summary>
public enum Sex
{
    /// <summary>Female.</summary>
    Female,

    /// <summary>Male.</summary>
    Male,
}

namespace EOrda.Queues.Names;

/// <summary>The check of an individual identification number (ИИН / ЖСН) by the published digit rule (rules, section 4).</summary>
public static class Iin
{
    private static ReadOnlySpan<byte> FirstWeights => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

    private static ReadOnlySpan<byte> SecondWeights => [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

    /// <summary>
    /// True for twelve digits whose first six are a date (YYMMDD) of the century that the seventh names (1, 2: 1800s; 3, 4: 1900s; 5, 6: 2000s)
    /// and whose last is the check digit.
    /// </summary>
    public static bool IsValid(ReadOnlySpan<char> text) => TryReadBirthDate(text, out _) && HasCheckDigit(text);

    /// <summary>Reads the birth date out of the first seven digits. False when there is none.</summary>
    public static bool TryReadBirthDate(ReadOnlySpan<char> text, out NodaTime.LocalDate born)
    {
        born = default;
        if (text.Length != 12 || text.ContainsAnyExceptInRange('0', '9') || text[6] is < '1' or > '6')
        {
            return false;
        }

        var year = 1800 + (text[6] - '1') / 2 * 100 + int.Parse(text[..2]);
        var month = int.Parse(text[2..4]);
        var day = int.Parse(text[4..6]);
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        born = new NodaTime.LocalDate(year, month, day);
        return true;
    }

    private static bool HasCheckDigit(ReadOnlySpan<char> digits)
    {
        var check = Remainder(digits, FirstWeights);
        if (check == 10)
        {
            check = Remainder(digits, SecondWeights);
        }

        return check != 10 && check == digits[11] - '0';
    }

    private static int Remainder(ReadOnlySpan<char> digits, ReadOnlySpan<byte> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * (digits[i] - '0');
        }

        return sum % 11;
    }
}

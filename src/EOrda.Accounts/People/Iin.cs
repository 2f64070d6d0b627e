namespace EOrda.Accounts.People;

/// <summary>The individual identification number (ИИН / ЖСН): twelve digits, a date in the first seven, a check digit at the end (R4).</summary>
public static class Iin
{
    private const int Digits = 12;

    private static ReadOnlySpan<byte> FirstWeights => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

    private static ReadOnlySpan<byte> SecondWeights => [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

    /// <summary>Trims and checks. False when it is none.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="iin">The twelve digits.</param>
    public static bool TryRead(string? text, out string iin)
    {
        iin = "";
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length != Digits || trimmed.ContainsAnyExceptInRange('0', '9') || !HasDate(trimmed) || !HasCheckDigit(trimmed))
        {
            return false;
        }

        iin = trimmed.ToString();
        return true;
    }

    private static bool HasDate(ReadOnlySpan<char> digits)
    {
        if (digits[6] is < '1' or > '6')
        {
            return false;
        }

        var year = 1800 + (digits[6] - '1') / 2 * 100 + int.Parse(digits[..2]);
        var month = int.Parse(digits[2..4]);
        var day = int.Parse(digits[4..6]);
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
    }

    private static bool HasCheckDigit(ReadOnlySpan<char> digits)
    {
        var check = Remainder(digits, FirstWeights);
        check = check == 10 ? Remainder(digits, SecondWeights) : check;
        return check != 10 && check == digits[^1] - '0';
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

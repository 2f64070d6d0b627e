namespace EOrda.Identifiers;

/// <summary>The check digit of an IIN (rules, section 4).</summary>
public static class IinCheckDigit
{
    private static ReadOnlySpan<byte> FirstWeights => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

    private static ReadOnlySpan<byte> SecondWeights => [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

    /// <summary>The check digit of eleven digits: the weighted sum's remainder of eleven; where that is 10, again with the second weights.</summary>
    /// <param name="digits">Exactly eleven digits.</param>
    /// <returns>The digit, or null where the remainder is 10 twice: no number begins so.</returns>
    /// <exception cref="ArgumentException">They are not eleven digits.</exception>
    public static int? Of(ReadOnlySpan<char> digits)
    {
        if (digits.Length != Iin.Length - 1 || digits.ContainsAnyExceptInRange('0', '9'))
            throw new ArgumentException("Eleven digits are needed.", nameof(digits));
        var check = Remainder(digits, FirstWeights);
        if (check == 10)
            check = Remainder(digits, SecondWeights);
        return check == 10 ? null : check;
    }

    private static int Remainder(ReadOnlySpan<char> digits, ReadOnlySpan<byte> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
            sum += weights[i] * (digits[i] - '0');
        return sum % 11;
    }
}

using PhoneNumbers;

namespace EOrda.Accounts.People;

/// <summary>Mobile numbers, written as E.164.</summary>
public static class Phone
{
    private const int LongestText = 40;
    private const string Home = "KZ";

    /// <summary>Reads a number as people write it: <c>8 701 …</c>, <c>+7 (701) …</c>. False when it is no number that an SMS reaches.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="e164">The number, such as <c>+77011234567</c>.</param>
    public static bool TryRead(string? text, out string e164)
    {
        e164 = "";
        if (text is null or { Length: > LongestText })
        {
            return false;
        }

        var numbers = PhoneNumberUtil.GetInstance();
        try
        {
            var number = numbers.Parse(text, Home);
            if (!numbers.IsValidNumber(number) || number.HasExtension || numbers.GetNumberType(number) is not (PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE))
            {
                return false;
            }

            e164 = numbers.Format(number, PhoneNumberFormat.E164);
            return true;
        }
        catch (NumberParseException)
        {
            return false;
        }
    }
}

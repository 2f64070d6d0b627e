namespace EOrda.Load.Live;

/// <summary>Whole numbers written five bits a letter, the sign in the lowest bit (docs/api.md, "Live"), read one after the other.</summary>
internal sealed class NumberText(string text)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const int Bits = 5;
    private const int MostBits = 60;

    private int read;

    /// <summary>True when nothing is left.</summary>
    public bool IsAtEnd => read == text.Length;

    /// <summary>The next number.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public long Next()
    {
        long value = 0;
        for (var shift = 0; shift < MostBits && read < text.Length; shift += Bits)
        {
            var letter = Letters.IndexOf(text[read++], StringComparison.Ordinal);
            if (letter < 0)
            {
                break;
            }

            value |= (letter & 31L) << shift;
            if (letter < 32)
            {
                return (value & 1) == 1 ? -(value >> 1) : value >> 1;
            }
        }

        throw new FormatException($"'{text}' is not a text of numbers");
    }
}

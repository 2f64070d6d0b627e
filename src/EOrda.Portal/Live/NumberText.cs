using System.Text;

namespace EOrda.Portal.Live;

/// <summary>
/// Writes whole numbers as text, five bits a letter, so that small ones are short: the variable-length quantities in Base64 that source maps are written in.
/// The lowest of a number's bits is its sign; each letter has the next five bits, the lowest first, and 32 more when another letter follows.
/// </summary>
internal sealed class NumberText
{
    private const int Bits = 5;
    private const int More = 1 << Bits;

    private static ReadOnlySpan<byte> Letters => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;

    private readonly StringBuilder text = new();

    /// <summary>Writes a number between -2⁵² and 2⁵².</summary>
    public NumberText Add(long number)
    {
        var left = (ulong)Math.Abs(number) << 1 | (number < 0 ? 1u : 0u);
        do
        {
            var letter = (int)left & (More - 1);
            left >>= Bits;
            text.Append((char)Letters[left > 0 ? letter | More : letter]);
        }
        while (left > 0);
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();
}

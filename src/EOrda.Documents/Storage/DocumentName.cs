using System.Diagnostics.CodeAnalysis;

namespace EOrda.Documents.Storage;

/// <summary>Names a stored document: 64 hexadecimal digits, a hash under the store's key of its scope and content.</summary>
public readonly record struct DocumentName
{
    private const int Digits = 64;

    private readonly string? _text;

    private DocumentName(string text) => _text = text;

    /// <summary>Reads a name. Whatever is not exactly one is none: no path can be made of it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DocumentName name)
    {
        var isOne = text is { Length: Digits } && text.All(char.IsAsciiHexDigitLower);
        name = isOne ? new DocumentName(text!) : default;
        return isOne;
    }

    /// <summary>The digits.</summary>
    /// <exception cref="InvalidOperationException">This is the default value, which names nothing.</exception>
    public override string ToString() => _text ?? throw new InvalidOperationException("A name that was never read names nothing.");

    internal static DocumentName Of(byte[] hash) => new(Convert.ToHexStringLower(hash));

    internal byte[] ToBytes() => Convert.FromHexString(ToString());
}

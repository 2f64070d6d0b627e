using System.Text;

namespace EOrda.Actors.Sqlite;

/// <summary>What may be an entity's key: 1 to 200 characters of well-formed text, none of them NUL.</summary>
internal static class EntityKey
{
    private const int MostCharacters = 200;

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Goes on only with a good key.</summary>
    /// <exception cref="ArgumentException">It may not be one.</exception>
    public static void Require(string key)
    {
        if (key.Length is 0 or > MostCharacters || key.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"An entity's key has 1 to {MostCharacters} characters and no NUL: '{key}'.", nameof(key));
        // Two keys with broken surrogates would become one key in the file.
        _ = _strict.GetByteCount(key);
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EOrda.Accounts.Authenticators;

/// <summary>
/// Codes of authenticator apps: RFC 6238 with HMAC-SHA-1, 30 seconds, six digits, as every app has it. A code is taken once: of the steps that fit,
/// only one after the step taken last. The step before and after now fit too, for clocks that differ.
/// </summary>
internal static class Totp
{
    public const int SecretBytes = 20;
    public const int Digits = 6;
    private const int StepSeconds = 30;
    private const int Drift = 1;
    private const int Modulus = 1_000_000;

    /// <summary>The step whose code this is, or null.</summary>
    /// <param name="secret">The shared secret.</param>
    /// <param name="code">What was typed.</param>
    /// <param name="now">Now.</param>
    /// <param name="after">The step taken last.</param>
    public static long? Find(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long after)
    {
        if (code.Length != Digits || code.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        var current = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        for (var step = current - Drift; step <= current + Drift; step++)
        {
            var fits = CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(Code(secret, step)), System.Text.Encoding.ASCII.GetBytes(code));
            found = fits && step > after ? step : found;
        }

        return found;
    }

    /// <summary>The code of a step.</summary>
    public static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238 as the apps have it; no collision of SHA-1 helps against its HMAC.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & int.MaxValue;
        return (number % Modulus).ToString("D6");
    }

    /// <summary>The step of an instant.</summary>
    public static long StepOf(DateTimeOffset instant) => instant.ToUnixTimeSeconds() / StepSeconds;
}

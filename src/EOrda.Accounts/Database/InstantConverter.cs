using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace EOrda.Accounts.Database;

/// <summary>An instant is stored as milliseconds since 1970 in UTC: both databases compare it, and read the same.</summary>
internal sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
    instant => instant.ToUnixTimeMilliseconds(),
    stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));

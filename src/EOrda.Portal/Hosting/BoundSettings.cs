using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace EOrda.Portal.Hosting;

/// <summary>
/// Reads a record of bounds from a section of the configuration: each property by its name, <c>--node:waiting 50000</c> or
/// <c>--live:sendTimeout 5s</c>; what is not named keeps its default. A name that no bound has is refused, so that a slip of the pen is not a default.
/// </summary>
internal static class BoundSettings
{
    private const int MostOfAnything = 1_000_000_000;
    private static readonly RangeAttribute AnyNumber = new(1, MostOfAnything);
    private static readonly RangeAttribute AnyTime = new(typeof(TimeSpan), "00:00:00.001", "30.00:00:00");

    private static readonly (string Unit, TimeSpan Length)[] Units =
        [("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1))];

    /// <summary>Reads the section.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="section">The section's name.</param>
    /// <exception cref="InvalidSettingException">A bound is not a number or a time within its limits, or there is no such bound.</exception>
    public static T Read<T>(IConfiguration configuration, string section)
        where T : new()
    {
        // A copy of its own: the properties are set once, here, and are read-only to everyone else.
        object bounds = new T();
        var known = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var setting in configuration.GetSection(section).GetChildren())
        {
            var name = $"--{section}:{setting.Key}";
            if (!known.TryGetValue(setting.Key, out var property))
            {
                throw new InvalidSettingException($"{name}: there is no such bound.");
            }

            property.SetValue(bounds, property.PropertyType == typeof(int) ? Number(name, setting.Value, property) : Time(name, setting.Value, property));
        }

        return (T)bounds;
    }

    private static int Number(string name, string? text, PropertyInfo property)
    {
        var range = property.GetCustomAttribute<RangeAttribute>() ?? AnyNumber;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && range.IsValid(number)
            ? number
            : throw new InvalidSettingException($"{name}: '{text}' is not a whole number from {range.Minimum} to {range.Maximum}.");
    }

    private static TimeSpan Time(string name, string? text, PropertyInfo property)
    {
        var range = property.GetCustomAttribute<RangeAttribute>() ?? AnyTime;
        return Parse(text) is { } time && range.IsValid(time)
            ? time
            : throw new InvalidSettingException($"{name}: '{text}' is not a time such as 200ms, 5s, 10m or 24h, from {Text(range.Minimum)} to {Text(range.Maximum)}.");
    }

    /// <summary>A limit as it would be written.</summary>
    public static string Text(object limit)
    {
        var time = limit as TimeSpan? ?? TimeSpan.Parse((string)limit, CultureInfo.InvariantCulture);
        var (unit, length) = Units.Last(u => time.Ticks % u.Length.Ticks == 0);
        return $"{time / length:0}{unit}";
    }

    private static TimeSpan? Parse(string? text)
    {
        foreach (var (unit, length) in Units)
        {
            if (text?.EndsWith(unit, StringComparison.Ordinal) == true && int.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                return count <= TimeSpan.MaxValue / length ? count * length : null;
            }
        }

        return null;
    }
}

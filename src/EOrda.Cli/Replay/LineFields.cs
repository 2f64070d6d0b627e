using System.Globalization;
using System.Text;
using System.Text.Json;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Cli.Replay;

/// <summary>
/// The fields of one line. Read by name and type; what nobody asked for is an unknown field. One instance serves a whole run.
/// </summary>
internal sealed class LineFields
{
    private const int LongestName = 32;
    private const int LongestIdentifier = 1000;
    private const int ShortestInstant = 20;
    private const int LongestInstant = 29;
    private const int DigitsInAnyDecimal = 28;
    private const decimal TooFine = 0.0000001m;
    private const decimal BeyondBounds = 1e18m;

    // Beyond these years dates that the rules compute could leave the calendar.
    private const int FirstYear = 1800;
    private const int LastYear = 9000;

    private static readonly object No = false;
    private static readonly object Yes = true;

    private readonly object?[] values = new object?[FieldNames.Count];
    private ulong present;

    /// <summary>Reads the line's fields in place of those before.</summary>
    /// <exception cref="MalformedLineException">Not one JSON object of known fields, each given once, with values of types that occur.</exception>
    public void Read(ReadOnlySpan<byte> line)
    {
        Array.Clear(values);
        present = 0;
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new MalformedLineException("not a JSON object");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var field = ReadName(ref reader);
                reader.Read();
                values[(int)field] = ReadValue(ref reader, field);
            }

            reader.Read();
        }
        catch (JsonException fault)
        {
            throw new MalformedLineException($"bad JSON: {fault.Message}");
        }
        catch (InvalidOperationException)
        {
            throw new MalformedLineException("bad JSON: a string is not well-formed text");
        }
    }

    public bool Has(Field field) => values[(int)field] is not null;

    /// <summary>Fails when a field was given that the command did not take.</summary>
    public void EndOfCommand()
    {
        if (present != 0)
        {
            throw new MalformedLineException($"{FieldNames.Of((Field)System.Numerics.BitOperations.TrailingZeroCount(present))}: unknown field of this command");
        }
    }

    public string Text(Field field) => OptionalText(field) ?? throw Missing(field);

    public string? OptionalText(Field field) => Take<string>(field, "a string");

    /// <summary>An identifier of somebody's choice: text of bounded length, not empty.</summary>
    public string Identifier(Field field) => OptionalIdentifier(field) ?? throw Missing(field);

    public string? OptionalIdentifier(Field field) => OptionalText(field) is { } identifier ? Bounded(field, NotEmpty(field, identifier)) : null;

    /// <summary>A queue's name, which may be anything: text of bounded length.</summary>
    public string QueueName(Field field) => OptionalQueueName(field) ?? throw Missing(field);

    public string? OptionalQueueName(Field field) => OptionalText(field) is { } queue ? Bounded(field, queue) : null;

    public bool Flag(Field field) => OptionalFlag(field) ?? throw Missing(field);

    public bool? OptionalFlag(Field field) => (bool?)TakeAny(field, value => value is bool, "true or false");

    public decimal? OptionalNumber(Field field) => (decimal?)TakeAny(field, value => value is decimal, "a number");

    /// <summary>A whole number; one beyond 32 bits is cut to the nearest.</summary>
    public int? OptionalWhole(Field field)
    {
        if (OptionalNumber(field) is not { } number)
        {
            return null;
        }

        return number == decimal.Truncate(number)
            ? (int)Math.Clamp(number, int.MinValue, int.MaxValue)
            : throw new MalformedLineException($"{FieldNames.Of(field)}: not a whole number");
    }

    public IReadOnlyList<string>? OptionalTexts(Field field) => OptionalList<string>(field, "strings");

    public IReadOnlyList<decimal>? OptionalNumbers(Field field) => OptionalList<decimal>(field, "numbers");

    /// <summary>Identifiers, at least one.</summary>
    public IReadOnlyList<string> Identifiers(Field field)
    {
        var identifiers = OptionalTexts(field) ?? throw Missing(field);
        if (identifiers.Count == 0)
        {
            throw new MalformedLineException($"{FieldNames.Of(field)}: empty");
        }

        foreach (var identifier in identifiers)
        {
            Bounded(field, NotEmpty(field, identifier));
        }

        return identifiers;
    }

    public LocalDate Date(Field field)
    {
        return DateOnly.TryParseExact(Text(field), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? LocalDate.FromDateOnly(date)
            : throw new MalformedLineException($"{FieldNames.Of(field)}: not a date written yyyy-MM-dd");
    }

    public Moment Instant(Field field) => OptionalInstant(field) ?? throw Missing(field);

    public Moment? OptionalInstant(Field field)
    {
        present &= ~(1UL << (int)field);
        return values[(int)field] switch
        {
            null => null,
            Moment moment => moment,
            _ => throw new MalformedLineException($"{FieldNames.Of(field)}: not an instant with seconds, at most three decimals of them, and an offset"),
        };
    }

    private Field ReadName(ref Utf8JsonReader reader)
    {
        Span<char> name = stackalloc char[LongestName];
        var length = reader.ValueSpan.Length > LongestName ? -1 : reader.CopyString(name);
        if (length < 0 || !FieldNames.TryFind(name[..length], out var field))
        {
            throw new MalformedLineException($"{reader.GetString()}: unknown field");
        }

        var bit = 1UL << (int)field;
        if ((present & bit) != 0)
        {
            throw new MalformedLineException($"{FieldNames.Of(field)}: given twice");
        }

        present |= bit;
        return field;
    }

    private static object ReadValue(ref Utf8JsonReader reader, Field field) => reader.TokenType switch
    {
        JsonTokenType.String when field is Field.At or Field.Submitted => (object?)ReadInstant(ref reader) ?? "",
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.True => Yes,
        JsonTokenType.False => No,
        JsonTokenType.Number => ReadNumber(ref reader),
        JsonTokenType.StartArray => ReadList(ref reader, field),
        _ => throw new MalformedLineException($"{FieldNames.Of(field)}: wrong type"),
    };

    private static decimal ReadNumber(ref Utf8JsonReader reader)
    {
        var isNegative = reader.ValueSpan[0] == (byte)'-';
        if (!reader.TryGetDecimal(out var number))
        {
            // Too large for any parameter, whichever way it is written.
            return isNegative ? decimal.MinValue : decimal.MaxValue;
        }

        // One with more digits than a decimal holds was rounded, and may look whole now. It has more decimal places than any parameter may have; so has
        // what stands for it here, which is as large, or beyond all bounds as it is.
        return IsRounded(reader.ValueSpan, number)
            ? decimal.Truncate(Math.Clamp(number, -BeyondBounds, BeyondBounds)) + (isNegative ? -TooFine : TooFine)
            : number;
    }

    // Rounding changes the digits.
    private static bool IsRounded(ReadOnlySpan<byte> written, decimal number) =>
        (written.Length > DigitsInAnyDecimal || written.IndexOfAny((byte)'e', (byte)'E') >= 0)
        && SignificantDigits(Encoding.ASCII.GetString(written)) != SignificantDigits(number.ToString(CultureInfo.InvariantCulture));

    private static string SignificantDigits(string number) => number.Split('e', 'E')[0].Replace(".", "", StringComparison.Ordinal).Trim('-', '0');

    private static List<object> ReadList(ref Utf8JsonReader reader, Field field)
    {
        var list = new List<object>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString()!,
                JsonTokenType.Number => ReadNumber(ref reader),
                _ => throw new MalformedLineException($"{FieldNames.Of(field)}: wrong type in the list"),
            });
        }

        return list;
    }

    private static Moment? ReadInstant(ref Utf8JsonReader reader)
    {
        // A character may be written as an escape of six.
        Span<char> text = stackalloc char[6 * LongestInstant];
        var length = reader.ValueSpan.Length <= text.Length ? reader.CopyString(text) : 0;
        return length is >= ShortestInstant and <= LongestInstant && HasShape(text[..length]) && reader.TryGetDateTimeOffset(out var instant) && instant.Year is >= FirstYear and <= LastYear
            ? Moment.From(instant)
            : null;
    }

    // yyyy-MM-ddTHH:mm:ss, then perhaps a point and one to three digits, then Z or an offset of hours and minutes.
    private static bool HasShape(ReadOnlySpan<char> text)
    {
        if (text[10] != 'T' || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        var offset = text[^1] == 'Z' ? text.Length - 1 : text.Length - 6;
        if (offset < 19 || (text[^1] != 'Z' && (text[offset] is not ('+' or '-') || text[offset + 3] != ':')))
        {
            return false;
        }

        var fraction = text[19..offset];
        return fraction.IsEmpty || (fraction[0] == '.' && fraction.Length is >= 2 and <= 4 && !fraction[1..].ContainsAnyExceptInRange('0', '9'));
    }

    private static string Bounded(Field field, string text) => text.Length > LongestIdentifier
        ? throw new MalformedLineException($"{FieldNames.Of(field)}: longer than {LongestIdentifier} characters")
        : text;

    private static string NotEmpty(Field field, string identifier) => identifier.Length == 0
        ? throw new MalformedLineException($"{FieldNames.Of(field)}: empty")
        : identifier;

    private static MalformedLineException Missing(Field field) => new($"{FieldNames.Of(field)}: missing");

    private T? Take<T>(Field field, string type)
        where T : class => (T?)TakeAny(field, value => value is T, type);

    private object? TakeAny(Field field, Func<object, bool> fits, string type)
    {
        present &= ~(1UL << (int)field);
        var value = values[(int)field];
        return value is null || fits(value) ? value : throw new MalformedLineException($"{FieldNames.Of(field)}: not {type}");
    }

    private List<T>? OptionalList<T>(Field field, string type)
    {
        var list = Take<List<object>>(field, "a list");
        return list is null || list.TrueForAll(item => item is T)
            ? list?.ConvertAll(item => (T)item)
            : throw new MalformedLineException($"{FieldNames.Of(field)}: not a list of {type}");
    }
}

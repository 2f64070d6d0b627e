using System.Globalization;
using System.Numerics;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace EOrda.Model.Replay;

/// <summary>One well-formed line of a replay file: its instant, its command and its fields (replay.md, head and "Commands").</summary>
internal sealed class ReplayLine
{
    private readonly Dictionary<string, JsonElement> fields;

    private ReplayLine(Instant at, string command, Dictionary<string, JsonElement> fields)
    {
        At = at;
        Command = command;
        this.fields = fields;
    }

    public Instant At { get; }

    public string Command { get; }

    public IReadOnlyDictionary<string, JsonElement> Fields => fields;

    public static ReplayLine Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement.Clone());
        }
        catch (JsonException fault)
        {
            throw new MalformedLineException($"bad JSON: {fault.Message}", fault);
        }
    }

    public static ReplayLine Read(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object)
            throw new MalformedLineException("the line is not a JSON object");

        var given = new Dictionary<string, JsonElement>();
        foreach (var property in line.EnumerateObject())
        {
            if (!given.TryAdd(property.Name, property.Value))
                throw new MalformedLineException($"field '{property.Name}' is given twice");
        }

        var at = InstantText.Read(AskedText(given, "at"));
        var command = AskedText(given, "do");
        if (!CommandFields.ByCommand.TryGetValue(command, out var known))
            throw new MalformedLineException($"unknown command '{command}'");
        given.Remove("at");
        given.Remove("do");

        foreach (var name in given.Keys.Where(name => known.All(field => field.Name != name)))
            throw new MalformedLineException($"unknown field '{name}' of '{command}'");
        foreach (var field in known)
        {
            if (given.TryGetValue(field.Name, out var value))
                CheckType(field.Name, field.Type, value);
            else if (!field.Optional)
                throw new MalformedLineException($"'{command}' needs the field '{field.Name}'");
        }

        var read = new ReplayLine(at, command, given);
        CheckCombinations(read);
        return read;
    }

    public bool Has(string field) => fields.ContainsKey(field);

    public string Text(string field) => fields[field].GetString()!;

    public IReadOnlyList<string> TextList(string field) => [.. fields[field].EnumerateArray().Select(item => item.GetString()!)];

    public bool Truth(string field) => fields[field].GetBoolean();

    public Instant Instant(string field) => InstantText.Read(Text(field));

    public LocalDate Date(string field) => LocalDatePattern.Iso.Parse(Text(field)).Value;

    public BigInteger WholeNumber(string field) => ReadWhole(field, fields[field]);

    /// <summary>Precisions, last one: both or neither of two fields of which one is asked for; `applications` with `place`; `submitted` after `at`.</summary>
    private static void CheckCombinations(ReplayLine line)
    {
        if (line.Command == "free" && line.Has("queue") == line.Has("age"))
            throw new MalformedLineException("'free' needs either 'queue' or 'age'");
        if (line.Command == "reserve" && line.Has("application") == line.Has("applications"))
            throw new MalformedLineException("'reserve' needs either 'application' or 'applications'");
        if (line.Command == "reserve" && line.Has("place") == line.Has("kindergarten"))
            throw new MalformedLineException("'reserve' needs either 'place' or 'kindergarten'");
        if (line.Command == "reserve" && line.Has("applications") && line.Has("place"))
            throw new MalformedLineException("a batch names a kindergarten, not a place");
        if (line.Command == "submit" && line.Has("submitted") && line.Instant("submitted") > line.At)
            throw new MalformedLineException("'submitted' is later than 'at'");
    }

    private static void CheckType(string name, FieldType type, JsonElement value)
    {
        switch (type)
        {
            case FieldType.Text or FieldType.ParameterText:
                Expect(name, value, "a string", JsonValueKind.String);
                break;
            case FieldType.Truth or FieldType.ParameterTruth:
                Expect(name, value, "true or false", JsonValueKind.True, JsonValueKind.False);
                break;
            case FieldType.ParameterNumber:
                Expect(name, value, "a number", JsonValueKind.Number);
                break;
            case FieldType.Identifier:
                Expect(name, value, "a string", JsonValueKind.String);
                ExpectSomething(name, value.GetString()!.Length);
                break;
            case FieldType.IdentifierList:
                ExpectTexts(name, value);
                ExpectSomething(name, value.GetArrayLength());
                foreach (var item in value.EnumerateArray())
                    ExpectSomething(name, item.GetString()!.Length);
                break;
            case FieldType.ParameterTextList:
                ExpectTexts(name, value);
                break;
            case FieldType.ParameterNumberList:
                Expect(name, value, "a list of numbers", JsonValueKind.Array);
                foreach (var item in value.EnumerateArray())
                    Expect(name, item, "a list of numbers", JsonValueKind.Number);
                break;
            case FieldType.Instant:
                Expect(name, value, "an instant", JsonValueKind.String);
                _ = InstantText.Read(value.GetString()!);
                break;
            case FieldType.Date:
                Expect(name, value, "a date", JsonValueKind.String);
                if (!LocalDatePattern.Iso.Parse(value.GetString()!).Success)
                    throw new MalformedLineException($"'{name}' is not a possible date");
                break;
            case FieldType.Category:
                Expect(name, value, "a category", JsonValueKind.String);
                if (!Domain.Category.All.Contains(value.GetString()!))
                    throw new MalformedLineException($"unknown category '{value.GetString()}'");
                break;
            case FieldType.Kind:
                Expect(name, value, "a kind", JsonValueKind.String);
                if (!Domain.Kind.All.Contains(value.GetString()!))
                    throw new MalformedLineException($"unknown kind '{value.GetString()}'");
                break;
            case FieldType.WholeNumber:
                Expect(name, value, "a whole number", JsonValueKind.Number);
                _ = ReadWhole(name, value);
                break;
            case FieldType.GroupAge:
                Expect(name, value, "an age", JsonValueKind.Number);
                if (ReadWhole(name, value) is var age && (age < 0 || age > 10))
                    throw new MalformedLineException($"'{name}' is not from 0 to 10");
                break;
            default:
                throw new InvalidOperationException($"field type {type} has no check");
        }
    }

    private static BigInteger ReadWhole(string name, JsonElement value)
    {
        if (BigInteger.TryParse(value.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole;
        if (value.TryGetDecimal(out var number) && number == decimal.Truncate(number))
            return new BigInteger(number);
        throw new MalformedLineException($"'{name}' is not a whole number");
    }

    private static string AskedText(Dictionary<string, JsonElement> fields, string name)
    {
        if (!fields.TryGetValue(name, out var value))
            throw new MalformedLineException($"the field '{name}' is missing");
        Expect(name, value, "a string", JsonValueKind.String);
        return value.GetString()!;
    }

    private static void ExpectTexts(string name, JsonElement value)
    {
        Expect(name, value, "a list of strings", JsonValueKind.Array);
        foreach (var item in value.EnumerateArray())
            Expect(name, item, "a list of strings", JsonValueKind.String);
    }

    private static void ExpectSomething(string name, int length)
    {
        if (length == 0)
            throw new MalformedLineException($"'{name}' is empty");
    }

    private static void Expect(string name, JsonElement value, string what, params JsonValueKind[] kinds)
    {
        if (!kinds.Contains(value.ValueKind))
            throw new MalformedLineException($"'{name}' is not {what}");
    }
}

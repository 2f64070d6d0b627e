using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using EOrda.Portal.Localities;
using EOrda.Portal.Problems;

namespace EOrda.Portal.Administration;

/// <summary>
/// Reads a CSV file of kindergartens (docs/api.md, "Import of kindergartens"): UTF-8, with commas or semicolons, the columns by their heading in any order.
/// Every bad row is found, not the first only.
/// </summary>
internal sealed class KindergartenFile
{
    /// <summary>The most rows.</summary>
    public const int MostRows = 50_000;

    /// <summary>The most faults that are told.</summary>
    public const int MostFaults = 1_000;

    private const int LongestField = 2_000;
    private const int MostColumns = 64;
    private static readonly string[] Needed = ["kindergarten", "kind", "name_kk", "name_ru"];
    private static readonly string[] Others = ["name_en", "address_kk", "address_ru", "address_en", "latitude", "longitude", "ownership"];

    private readonly List<KindergartenDraft> drafts = [];
    private readonly List<RowFault> faults = [];
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly Language language;
    private readonly Func<KindergartenDraft, Fault?> check;

    private KindergartenFile(Language language, Func<KindergartenDraft, Fault?> check) => (this.language, this.check) = (language, check);

    /// <summary>The kindergartens of the good rows.</summary>
    public IReadOnlyList<KindergartenDraft> Drafts => drafts;

    /// <summary>The faults, <see cref="MostFaults"/> at most.</summary>
    public IReadOnlyList<RowFault> Faults => faults;

    /// <summary>Rows without the heading.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows, or the file as a whole, with a fault.</summary>
    public int BadRows { get; private set; }

    /// <summary>Reads a file.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="language">The language of the faults.</param>
    /// <param name="check">What is wrong with a kindergarten that is well written; null for nothing.</param>
    public static KindergartenFile Read(ReadOnlyMemory<byte> content, Language language, Func<KindergartenDraft, Fault?> check)
    {
        var file = new KindergartenFile(language, check);
        try
        {
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content.Span).TrimStart('\uFEFF');
            file.Parse(text);
        }
        catch (Exception e) when (e is DecoderFallbackException or CsvHelperException)
        {
            file.Bad(1, "", Fault.NotCsv);
        }

        return file;
    }

    private void Parse(string text)
    {
        var heading = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length);
        var isBad = false;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = heading.Count(';') > heading.Count(',') ? ";" : ",",
            BadDataFound = _ => isBad = true,
            MaxFieldSize = LongestField,
            IgnoreBlankLines = true,
        };
        using var reader = new StringReader(text);
        using var parser = new CsvParser(reader, configuration);
        if (!parser.Read() || parser.Record is not { Length: <= MostColumns } columns || !IsHeading(columns = [.. columns.Select(c => c.Trim().ToLowerInvariant())]))
        {
            if (BadRows == 0)
            {
                Bad(1, "", Fault.NotCsv);
            }

            return;
        }

        while (parser.Read())
        {
            if (++Rows > MostRows)
            {
                Bad(parser.RawRow, "", Fault.TooManyRows(MostRows));
                return;
            }

            // The row of the parser is the last line of a record that has line ends in it.
            if (isBad)
            {
                Bad(parser.RawRow, "", Fault.NotCsv);
                isBad = false;
            }
            else
            {
                Read(parser.RawRow, columns, parser.Record!);
            }
        }
    }

    private bool IsHeading(string[] columns)
    {
        foreach (var missing in Needed.Except(columns))
        {
            Bad(1, missing, Fault.MissingColumn);
        }

        foreach (var unknown in columns.Except(Needed).Except(Others))
        {
            Bad(1, unknown, Fault.UnknownColumn);
        }

        foreach (var twice in columns.GroupBy(c => c, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            Bad(1, twice.Key, Fault.GivenTwice);
        }

        return BadRows == 0;
    }

    private void Read(int line, string[] columns, string[] fields)
    {
        if (fields.Length != columns.Length)
        {
            Bad(line, "", Fault.FieldsOfRow);
            return;
        }

        try
        {
            var row = columns.Zip(fields).Where(pair => !string.IsNullOrWhiteSpace(pair.Second)).ToDictionary(pair => pair.First, pair => pair.Second.Trim(), StringComparer.Ordinal);
            var draft = KindergartenDraft.Read(new RegisterRequest(
                row.GetValueOrDefault("kindergarten") ?? "", row.GetValueOrDefault("kind") ?? "", NameOf(row, "name")!, NameOf(row, "address"), Number(row, "latitude"), Number(row, "longitude"), row.GetValueOrDefault("ownership"), ""));
            if (!seen.Add(draft.Named.Kindergarten))
            {
                Bad(line, "kindergarten", Fault.GivenBefore);
            }
            else if (check(draft) is { } fault)
            {
                Bad(line, "kindergarten", fault);
            }
            else
            {
                drafts.Add(draft);
            }
        }
        catch (BadInputException e)
        {
            Bad(line, e.Field.Replace('.', '_'), e.Fault);
        }
    }

    // In English there often is no name: the Russian one stands there then. An address that stands in one language only stands in all.
    private static Name? NameOf(Dictionary<string, string> row, string part)
    {
        var (kk, ru, en) = (row.GetValueOrDefault($"{part}_kk"), row.GetValueOrDefault($"{part}_ru"), row.GetValueOrDefault($"{part}_en"));
        if (part == "name")
        {
            return new Name(kk ?? "", ru ?? "", en ?? ru ?? "");
        }

        return (ru ?? kk ?? en) is { } any ? new Name(kk ?? any, ru ?? any, en ?? any) : null;
    }

    private static double? Number(Dictionary<string, string> row, string column) =>
        row.GetValueOrDefault(column) is not { } text ? null
        : double.TryParse(text.Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number
        : double.NaN;

    private void Bad(int line, string column, Fault fault)
    {
        BadRows++;
        if (faults.Count < MostFaults)
        {
            faults.Add(new RowFault(line, column.Length > PlainText.LongestIdentifier ? column[..PlainText.LongestIdentifier] : column, fault.In(language)));
        }
    }
}

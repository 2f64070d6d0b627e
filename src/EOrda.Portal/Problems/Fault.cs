using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace EOrda.Portal.Problems;

/// <summary>What is wrong with a field, in every language, from the resource <c>faults.json</c>. Never holds what was sent.</summary>
internal sealed class Fault
{
    public static readonly Fault NotJson = new("not-json");
    public static readonly Fault Null = new("null");
    public static readonly Fault UnknownField = new("unknown-field");
    public static readonly Fault GivenTwice = new("given-twice");
    public static readonly Fault Incomplete = new("incomplete");
    public static readonly Fault WrongType = new("wrong-type");
    public static readonly Fault PlaceOrKindergarten = new("place-or-kindergarten");
    public static readonly Fault SiblingsByKindergarten = new("siblings-by-kindergarten");
    public static readonly Fault NotAnApplication = new("not-an-application");
    public static readonly Fault NotASibling = new("not-a-sibling");
    public static readonly Fault Unreadable = new("unreadable");

    public static readonly Fault NotARole = new("not-a-role");
    public static readonly Fault NotATimeZone = new("not-a-time-zone");
    public static readonly Fault NotATimeOfDay = new("not-a-time-of-day");
    public static readonly Fault NotDates = new("not-dates");
    public static readonly Fault CarryNeedsOne = new("carry-needs-one");
    public static readonly Fault FixedForever = new("fixed-forever");
    public static readonly Fault NoChange = new("no-change");
    public static readonly Fault NotAKind = new("not-a-kind");
    public static readonly Fault NotAnOwnership = new("not-an-ownership");
    public static readonly Fault MissingColumn = new("missing-column");
    public static readonly Fault UnknownColumn = new("unknown-column");
    public static readonly Fault FieldsOfRow = new("fields-of-row");
    public static readonly Fault GivenBefore = new("given-before");
    public static readonly Fault RegisteredElsewhere = new("registered-elsewhere");
    public static readonly Fault NotCsv = new("not-csv");

    private readonly string[] texts;

    private Fault(string word, params object[] bounds) =>
        texts = [.. Enum.GetValues<Language>().Select(language => string.Format(CultureInfo.InvariantCulture, Texts.All[word][(int)language], bounds))];

    /// <summary>The text.</summary>
    public string In(Language language) => texts[(int)language];

    public static Fault NotANumber(int least, int most) => new("not-a-number", least, most);

    public static Fault NotAKey(int longest) => new("not-a-key", longest);

    public static Fault NotAnIdentifier(int longest) => new("not-an-identifier", longest);

    public static Fault HowManySiblings(int most) => new("how-many-siblings", most);

    public static Fault NotAText(int least, int most) => new("not-a-text", least, most);

    public static Fault NotAKeyOfLocality(int longest) => new("not-a-key-of-locality", longest);

    public static Fault NotAnAsciiIdentifier(int longest) => new("not-an-ascii-identifier", longest);

    public static Fault NotLetters(int least, int most) => new("not-letters", least, most);

    public static Fault TooSoon(int minutes, int days) => new("too-soon", minutes, days);

    public static Fault NotDegrees(int least, int most) => new("not-degrees", least, most);

    public static Fault TooManyRows(int most) => new("too-many-rows", most);

    // Apart, so that it is read before the faults are made.
    private static class Texts
    {
        public static readonly FrozenDictionary<string, string[]> All = Read();

        private static FrozenDictionary<string, string[]> Read()
        {
            using var resource = typeof(Fault).Assembly.GetManifestResourceStream("faults.json")!;
            using var document = JsonDocument.Parse(resource);
            return document.RootElement.EnumerateObject().ToFrozenDictionary(
                word => word.Name,
                word => Enum.GetValues<Language>().Select(language => word.Value.GetProperty(Languages.TagOf(language)).GetString()!).ToArray());
        }
    }
}

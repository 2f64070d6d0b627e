using EOrda.Queues.Applications;
using EOrda.Queues.Places;
using EOrda.Queues.Rules;

namespace EOrda.Queues.Names;

/// <summary>The words of the rules as they are written in files, addresses and answers: lower case, joined by '-'.</summary>
public static class Words
{
    private static readonly string[] Kinds = Written<Kind>();
    private static readonly string[] Categories = Written<Category>();
    private static readonly string[] Statuses = Written<Status>();
    private static readonly string[] Causes = Written<Cause>();
    private static readonly string[] PlaceStates = Written<PlaceState>();
    private static readonly string[] Leads = Written<Lead>();
    private static readonly string[] Reasons = Written<Reason>();

    /// <summary>The kind's word.</summary>
    public static string Of(Kind kind) => Kinds[(int)kind];

    /// <summary>The category's word.</summary>
    public static string Of(Category category) => Categories[(int)category];

    /// <summary>The status's word.</summary>
    public static string Of(Status status) => Statuses[(int)status];

    /// <summary>The cause's word; null for none.</summary>
    public static string? Of(Cause cause) => cause == Cause.None ? null : Causes[(int)cause];

    /// <summary>The state's word.</summary>
    public static string Of(PlaceState state) => PlaceStates[(int)state];

    /// <summary>The lead's word.</summary>
    public static string Of(Lead lead) => Leads[(int)lead];

    /// <summary>The reason's word.</summary>
    public static string Of(Reason reason) => Reasons[(int)reason];

    /// <summary>Reads a kind.</summary>
    public static bool TryParse(string text, out Kind kind) => TryFind(Kinds, text, out kind);

    /// <summary>Reads a category.</summary>
    public static bool TryParse(string text, out Category category) => TryFind(Categories, text, out category);

    /// <summary>Reads a lead; one that is not written so is unknown.</summary>
    public static bool TryParse(string text, out Lead lead) => TryFind(Leads, text, out lead);

    private static bool TryFind<T>(string[] words, string text, out T value)
        where T : struct, Enum
    {
        var index = Array.IndexOf(words, text);
        value = index < 0 ? default : (T)Enum.ToObject(typeof(T), index);
        return index >= 0;
    }

    private static string[] Written<T>()
        where T : struct, Enum =>
        [.. Enum.GetNames<T>().Select(name => string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}")))];
}

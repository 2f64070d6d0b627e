namespace EOrda.Portal.Live;

/// <summary>The numbers that stand for the values of a type in live messages: a value's number is its place in the table, from 0 on.</summary>
/// <param name="word">A value's word, by which the rest of the API names it.</param>
/// <param name="values">The values in the order of their numbers. A number's meaning never changes: what is new comes last.</param>
internal sealed class WireTable<T>(Func<T, string> word, params T[] values)
    where T : struct, Enum
{
    /// <summary>The values in the order of their numbers.</summary>
    public IReadOnlyList<T> Values => values;

    /// <summary>How many there are.</summary>
    public int Count => values.Length;

    /// <summary>The value's number.</summary>
    public int Of(T value) => Array.IndexOf(values, value);

    /// <summary>The value's word.</summary>
    public string WordOf(T value) => word(value);
}

using System.Collections.Concurrent;

namespace EOrda.Integrations.Simulated;

/// <summary>How a simulated register behaves.</summary>
public enum RegisterMood
{
    /// <summary>It answers at once, and rightly.</summary>
    Well,

    /// <summary>It answers after <see cref="RegisterMoods.SlowFor"/>.</summary>
    Slow,

    /// <summary>It does not answer.</summary>
    Down,

    /// <summary>It answers what cannot be read.</summary>
    Garbled,

    /// <summary>It answers about another family.</summary>
    Wrong,
}

/// <summary>Tells simulated registers how to behave. Safe for many threads.</summary>
public sealed class RegisterMoods
{
    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, RegisterMood> _moods = new(StringComparer.Ordinal);

    /// <summary>How long a slow register takes.</summary>
    public TimeSpan SlowFor { get; set; } = Slowness;

    /// <summary>The registers' words.</summary>
    public static IReadOnlyList<string> Registers { get; } =
    [
        Integrations.Registers.RegisterWords.MobileNumbers,
        Integrations.Registers.RegisterWords.Persons,
        Integrations.Registers.RegisterWords.CivilActs,
        Integrations.Registers.RegisterWords.Education,
        Integrations.Registers.RegisterWords.Disability,
        Integrations.Registers.RegisterWords.LargeFamilies,
    ];

    /// <summary>A register's mood.</summary>
    public RegisterMood Of(string register) => _moods.GetValueOrDefault(register);

    /// <summary>Tells a register how to behave from now on.</summary>
    /// <exception cref="ArgumentException">There is no register of that word.</exception>
    public void Set(string register, RegisterMood mood)
    {
        if (!Registers.Contains(register, StringComparer.Ordinal))
            throw new ArgumentException($"There is no register '{register}'.", nameof(register));
        _moods[register] = mood;
    }
}

namespace EOrda.Load.Books;

/// <summary>
/// How the wins fell among parents who pressed within the same millisecond. Each group's wins are compared with those that it would have had if within
/// each millisecond everybody had had the same chance.
/// </summary>
/// <param name="By">What the groups differ in.</param>
/// <param name="Group">The group.</param>
/// <param name="Presses">Its presses that stood against others in their millisecond.</param>
/// <param name="Wins">Its wins.</param>
/// <param name="Expected">Its wins with equal chances.</param>
/// <param name="Deviation">By how many standard deviations the wins differ from that.</param>
internal sealed record FairnessRow(string By, string Group, int Presses, int Wins, double Expected, double Deviation);

/// <summary>Works the fairness of a morning out.</summary>
internal static class Fairness
{
    private const int Parts = 4;

    /// <summary>The rows of a morning's first presses.</summary>
    public static List<FairnessRow> Of(IReadOnlyList<Press> presses)
    {
        var contested = presses.GroupBy(p => (long)Math.Floor(p.PressedAt)).Where(g => g.Skip(1).Any()).Select(g => g.ToList()).ToList();
        return
        [
            .. Rows(contested, "connection order", Quarters(presses, p => p.ConnectedAt), ["first quarter", "second quarter", "third quarter", "last quarter"]),
            .. Rows(contested, "network delay", Quarters(presses, p => p.RoundTrip), ["shortest quarter", "second quarter", "third quarter", "longest quarter"]),
            .. Rows(contested, "who pressed", p => p.IsMachine ? 1 : 0, ["browser", "machine"]),
        ];
    }

    private static Func<Press, int> Quarters(IReadOnlyList<Press> presses, Func<Press, double> value)
    {
        var sorted = presses.Select(value).Order().ToList();
        return press =>
        {
            var index = sorted.BinarySearch(value(press));
            return Math.Min(Parts - 1, Parts * (index < 0 ? ~index : index) / Math.Max(1, sorted.Count));
        };
    }

    private static IEnumerable<FairnessRow> Rows(List<List<Press>> milliseconds, string by, Func<Press, int> groupOf, string[] names)
    {
        var (presses, wins) = (new int[names.Length], new int[names.Length]);
        var (expected, variance) = (new double[names.Length], new double[names.Length]);
        foreach (var together in milliseconds)
        {
            double all = together.Count;
            var won = together.Count(p => p.HasWon);
            foreach (var group in together.GroupBy(groupOf))
            {
                var (mine, i) = (group.Count(), group.Key);
                presses[i] += mine;
                wins[i] += group.Count(p => p.HasWon);
                expected[i] += mine * won / all;

                // Drawn without putting back: the hypergeometric distribution.
                variance[i] += mine * (won / all) * (1 - won / all) * (all - mine) / (all - 1);
            }
        }

        return names.Select((name, i) => new FairnessRow(by, name, presses[i], wins[i], expected[i], variance[i] > 0 ? (wins[i] - expected[i]) / Math.Sqrt(variance[i]) : 0));
    }
}
